/**
 * What can be known before a run starts: whose key it is, what a run changes, about how much there is to read, and what
 * OpenPhone will not give.
 */
@NullMarked
package org.openphoneimport.prospect;

import org.jspecify.annotations.NullMarked;
