/**
 * The page that operators watch and press: its addresses, its templates, and the records that the templates show.
 *
 * <p>
 * {@code RunPages} and {@code ListPages} read all of a page in one {@code Snapshot}; {@code Frames} makes what every page has.
 * Words, numbers and times are made for readers here only ({@code Headline}, {@code Format}, {@code PageTime}).
 * {@code ErrorMappers} answers errors, with a page or with JSON, depending on the address.
 */
@NullMarked
package org.openphoneimport.page;

import org.jspecify.annotations.NullMarked;
