package org.openphoneimport.access;

import io.quarkus.security.identity.SecurityIdentity;

/**
 * Who looks at a page.
 *
 * @param name as signed in; empty without a login, and where none is needed
 * @param operator whether the buttons are for them
 */
public record Who(String name, boolean operator) {

    public static final Who NO_ONE = new Who("", false);

    public static Who of(SecurityIdentity identity) {
        return new Who(identity.getPrincipal() instanceof PagePrincipal principal ? principal.user() : "",
                identity.hasRole(Admission.OPERATOR));
    }

    /** Who that is in a log; where no login is needed, what they may do. */
    public String nameOrRole() {
        return name.isEmpty() ? role() : name;
    }

    /** {@code operator} or {@code viewer}. */
    public String role() {
        return operator ? Admission.OPERATOR : Admission.VIEWER;
    }
}
