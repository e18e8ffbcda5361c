/**
 * What OpenPhone has against what we have.
 *
 * <p>
 * {@link org.openphoneimport.verification.Verifier} lists all conversations, writes down {@code Questions} that only
 * OpenPhone can answer, has them answered by {@code Inquiry}, and lets {@code Conclusion} write the verdict with the
 * {@code Checks} that Postgres can make by itself. {@link org.openphoneimport.verification.Repair} imports what was missing or
 * different.
 */
@NullMarked
package org.openphoneimport.verification;

import org.jspecify.annotations.NullMarked;
