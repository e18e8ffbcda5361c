/**
 * The remote: OpenPhone's API as documents and pages, and the one rate limiter that all requests pass.
 *
 * <p>
 * A request goes {@link org.openphoneimport.openphone.OpenPhone} or {@link org.openphoneimport.openphone.WholeWorkspace} (what
 * v1, or the
 * API of 2026-03-30, can be asked) -> {@code Requests} (retry, rate limiter)
 * ->
 * {@code Gateway} (circuit breaker, timeout) -> {@code OpenPhoneApi} (HTTP). Nothing else in the project can send one.
 */
@NullMarked
package org.openphoneimport.openphone;

import org.jspecify.annotations.NullMarked;
