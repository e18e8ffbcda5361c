/**
 * What people are told who do not watch the page: by a webhook, by mail.
 *
 * <p>
 * {@code Notices} notes what happened, in the transaction in which it happens; {@code Courier}, which keep-runs calls,
 * delivers it by each {@code Channel} that is configured. What was noted is lost by no restart, and told twice only if a
 * process dies between the receiver's answer and its note of it.
 */
@NullMarked
package org.openphoneimport.notice;

import org.jspecify.annotations.NullMarked;
