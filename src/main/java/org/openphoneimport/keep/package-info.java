/** What must happen even if everybody else died: lost work is sent again, runs end. */
@NullMarked
package org.openphoneimport.keep;

import org.jspecify.annotations.NullMarked;
