/** Secrets that are kept elsewhere, and may change while we run. */
@NullMarked
package org.openphoneimport.secret;

import org.jspecify.annotations.NullMarked;
