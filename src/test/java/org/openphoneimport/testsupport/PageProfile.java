package org.openphoneimport.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

import at.favre.lib.crypto.bcrypt.BCrypt;

/** The page as others reach it: with a login. */
public class PageProfile implements QuarkusTestProfile {

    /** May press. */
    public static final String OPERATOR = "olga";
    /** May look. */
    public static final String VIEWER = "victor";
    /** The password of both. */
    public static final String PASSWORD = "a password, of course";

    // What no user of the page should have to wait for, but a test is not.
    private static final int CHEAPEST = 4;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "page.users", user(OPERATOR, "operator") + "," + user(VIEWER, "viewer"),
                "environment.name", "staging",
                "workspace.name", "Harbour Dental",
                // What a test has just put into a table is to be seen at once.
                "page.moment", "0s",
                "quarkus.http.auth.session.encryption-key", "shared by all instances");
    }

    /** A user as the configuration has one. */
    public static String user(String name, String role) {
        var hash = BCrypt.withDefaults().hash(CHEAPEST, PASSWORD.getBytes(StandardCharsets.UTF_8));
        return name + ":" + new String(hash, StandardCharsets.UTF_8) + ":" + role;
    }
}
