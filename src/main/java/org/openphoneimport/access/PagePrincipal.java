package org.openphoneimport.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A user who has signed in, as the cookie keeps it: Quarkus encrypts a principal's name, and nothing else.
 * People are shown by the name in {@link Who}, not by the principal's name.
 *
 * @param user the name to sign in with
 * @param password a part of a digest of the password's hash: with another password the cookie is worth nothing
 * @param session until they sign out
 */
record PagePrincipal(String user, String password, String session) implements Principal {

    private static final int DIGITS = 16;

    /** The beginning of a session. */
    static PagePrincipal of(PageUser user) {
        return new PagePrincipal(user.name(), digest(user), UUID.randomUUID().toString());
    }

    /** What a cookie holds; empty when it is not one of ours, or of an earlier version. */
    static Optional<PagePrincipal> read(String name) {
        var parts = name.split(" ", -1);
        return parts.length == 3 ? Optional.of(new PagePrincipal(parts[0], parts[1], parts[2])) : Optional.empty();
    }

    /** Whether the user's password is still the one that was signed in with. */
    boolean isOf(PageUser other) {
        return user.equals(other.name()) && password.equals(digest(other));
    }

    @Override
    public String getName() {
        return user + " " + password + " " + session;
    }

    private static String digest(PageUser user) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(user.hash().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
