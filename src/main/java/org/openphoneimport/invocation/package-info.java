/**
 * What happens around each invocation of a function: its log, its figures, the schema that it needs; how one invokes another.
 */
@NullMarked
package org.openphoneimport.invocation;

import org.jspecify.annotations.NullMarked;
