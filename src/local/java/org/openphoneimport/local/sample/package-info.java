/**
 * The sample workspace: a generated history of four years, and a server on this machine that speaks OpenPhone's API, v1 and
 * the dated one, over it as strictly as the real one does, for demonstrations without a key and for tests. Start at
 * {@link org.openphoneimport.local.sample.SampleServer}. All phone numbers are fictional (555-01xx).
 */
@NullMarked
package org.openphoneimport.local.sample;

import org.jspecify.annotations.NullMarked;
