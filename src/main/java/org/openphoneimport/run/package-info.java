/** A run: one import from start to verdict; its states, issues and events. */
@NullMarked
package org.openphoneimport.run;

import org.jspecify.annotations.NullMarked;
