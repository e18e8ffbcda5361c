/**
 * What stands around every page, and the pages that stand in for others: login, errors, a database that is away.
 *
 * <p>
 * {@code Frames} makes the frame. Words, numbers and times are made for readers here ({@code Headline}, {@code Format},
 * {@code PageTime}). {@code ErrorMappers} answers errors, with a page or with JSON, depending on the address.
 */
@NullMarked
package org.openphoneimport.frame;

import org.jspecify.annotations.NullMarked;
