/** An operator or a schedule starts a run: the key is tried and the run written down; {@code listing} goes on with it. */
@NullMarked
package org.openphoneimport.start;

import org.jspecify.annotations.NullMarked;
