/**
 * Who may do what, and from where.
 *
 * <p>
 * A request passes {@code RequestGuard} (host names, foreign sites, headers), a login ({@code PasswordLogin} or
 * {@code CookieLogin}) and {@link org.openphoneimport.access.Admission}, in this order, and only then a resource of
 * {@code page} or {@code api}. In AWS it comes through {@link org.openphoneimport.access.StatusPageHandler}, which serves
 * nothing unless {@code ClosedDoor} has found that a request without a login is refused.
 */
@NullMarked
package org.openphoneimport.access;

import org.jspecify.annotations.NullMarked;
