/**
 * Conversations as people know them: the search for one, its messages and calls in the order of time, what is missing in it,
 * and its files.
 *
 * <p>
 * All of it is read only. {@code ConversationSearch} and {@code Threads} read pages by keyset ({@code Bound}), so that a list
 * that changes while one pages through it neither repeats nor skips a row that stood in it from the start.
 */
@NullMarked
package org.openphoneimport.thread;

import org.jspecify.annotations.NullMarked;
