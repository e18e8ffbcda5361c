/**
 * The remote: what OpenPhone can be asked, page by page, and the one rate limiter that all requests pass.
 *
 * <p>
 * A request goes {@link org.openphoneimport.openphone.OpenPhone} or {@link org.openphoneimport.openphone.WholeWorkspace} (what
 * v1, or the API of 2026-03-30, can be asked) -> {@code Requests} (retry, rate limiter) -> {@code Gateway} (circuit breaker,
 * timeout) -> {@code OpenPhoneApi} (HTTP). Nothing else in the project can send one. What is answered is of {@code document}.
 */
@NullMarked
package org.openphoneimport.openphone;

import org.jspecify.annotations.NullMarked;
