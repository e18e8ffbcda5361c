/** Somebody or a schedule starts a run: the key is tried, conversations are listed, batches written and sent. */
@NullMarked
package org.openphoneimport.start;

import org.jspecify.annotations.NullMarked;
