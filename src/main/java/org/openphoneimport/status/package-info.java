/**
 * Reads runs and what belongs to them, and takes commands for them; page and JSON are both made of it.
 *
 * <p>
 * Each view is read in one {@code Snapshot}, so its numbers agree with each other and with the tables. {@code RunCommands} and
 * {@code Starts} act; what they refuse is a {@code RefusedException} with the status of the answer.
 */
@NullMarked
package org.openphoneimport.status;

import org.jspecify.annotations.NullMarked;
