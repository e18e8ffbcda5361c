/**
 * The page that operators watch and press: its addresses, its templates, and the records that the templates show.
 *
 * <p>
 * {@code RunPages} and {@code ListPages} read all of a page in one {@code Snapshot}.
 */
@NullMarked
package org.openphoneimport.page;

import org.jspecify.annotations.NullMarked;
