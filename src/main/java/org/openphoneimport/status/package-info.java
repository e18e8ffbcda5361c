/**
 * What people and scripts see: the page, the JSON, the health checks. Reads all other packages, is read by none.
 *
 * <p>
 * Each view is read in one {@code Snapshot}, so its numbers agree with each other and with the tables.
 */
@NullMarked
package org.openphoneimport.status;

import org.jspecify.annotations.NullMarked;
