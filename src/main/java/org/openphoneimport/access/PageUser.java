package org.openphoneimport.access;

import java.util.regex.Pattern;

/**
 * A person who may sign in, as configured: {@code name:hash:role}, which is a line of {@code htpasswd -nB} and the role.
 *
 * @param name to sign in with
 * @param hash of the password, by bcrypt
 * @param role {@link Admission#VIEWER} or {@link Admission#OPERATOR}
 */
record PageUser(String name, String hash, String role) {

    private static final Pattern FORM = Pattern
            .compile("([^:\\s]+):(\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}):(viewer|operator)");

    /** @throws IllegalArgumentException saying what a user looks like; it names no hash */
    static PageUser read(String configured) {
        var parts = FORM.matcher(configured.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(("PAGE_USERS must list users as name:hash:role, with the password's bcrypt hash "
                    + "and viewer or operator as role; \"%s\" is not one").formatted(configured.replaceAll(":.*", ":...")));
        }
        return new PageUser(parts.group(1), parts.group(2), parts.group(3));
    }

    /** The binary logarithm of how often bcrypt repeats what it does. */
    int cost() {
        return Integer.parseInt(hash, "$2y$".length(), "$2y$10".length(), 10);
    }

    /** Whether it may change something, too. */
    boolean isOperator() {
        return role.equals(Admission.OPERATOR);
    }

    @Override
    public String toString() {
        return name + " (" + role + ")";
    }
}
