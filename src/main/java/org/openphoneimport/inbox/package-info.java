/**
 * Pages that show what was imported: the list of conversations and its search, a conversation as people know it, its files.
 */
@NullMarked
package org.openphoneimport.inbox;

import org.jspecify.annotations.NullMarked;
