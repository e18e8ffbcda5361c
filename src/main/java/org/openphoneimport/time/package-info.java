/** The clock, injected so that tests can set it. */
@NullMarked
package org.openphoneimport.time;

import org.jspecify.annotations.NullMarked;
