/**
 * How fast runs go: what an active one still takes and waits for, what it came to minute by minute, and what earlier ones took.
 */
@NullMarked
package org.openphoneimport.pace;

import org.jspecify.annotations.NullMarked;
