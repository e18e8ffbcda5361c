/** What OpenPhone has against what we have. */
@NullMarked
package org.openphoneimport.verification;

import org.jspecify.annotations.NullMarked;
