package org.openphoneimport.local;

import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The database that the user has named is tried before the application starts, which would tell of a wrong address in pages.
 *
 * @param url for JDBC
 * @param user empty for none
 * @param password empty for none
 */
record DatabaseCheck(String url, String user, String password) {

    private static final String BEGINNING = "jdbc:postgresql://";

    // Classes of SQLSTATE, and the one that the driver has for a password that it misses.
    private static final String NO_CONNECTION = "08";
    private static final String NO_ADMISSION = "28";
    private static final String NO_PASSWORD = "08004";

    static DatabaseCheck of(Environment environment, String url) {
        return new DatabaseCheck(url, environment.get("QUARKUS_DATASOURCE_USERNAME").orElse(""),
                environment.get("QUARKUS_DATASOURCE_PASSWORD").orElse(""));
    }

    /** @throws IllegalStateException saying what is wrong, and what to set */
    void run() {
        if (!url.startsWith(BEGINNING)) {
            throw new IllegalStateException("QUARKUS_DATASOURCE_JDBC_URL must begin with " + BEGINNING
                    + ", as in jdbc:postgresql://db.example.com:5432/company");
        }
        try (var connection = DriverManager.getConnection(url, user, password)) {
            connection.isValid(5);
        } catch (SQLException e) {
            throw new IllegalStateException(sentence(e), e);
        }
    }

    private String sentence(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        if (state.startsWith(NO_ADMISSION) || state.equals(NO_PASSWORD)) {
            return "The database at %s refuses the user \"%s\": %s. Check QUARKUS_DATASOURCE_USERNAME and ..._PASSWORD"
                    .formatted(place(), user, reason(e));
        }
        if (state.startsWith(NO_CONNECTION)) {
            return "The database at %s cannot be reached: %s. Check QUARKUS_DATASOURCE_JDBC_URL".formatted(place(), reason(e));
        }
        return "The database at %s cannot be used: %s. Check QUARKUS_DATASOURCE_JDBC_URL".formatted(place(), reason(e));
    }

    /** Host, port and name; what follows them may be a password. */
    private String place() {
        return url.substring(BEGINNING.length()).replaceAll("\\?.*", "");
    }

    /** Without the driver's own advice, and without its dot. */
    private static String reason(SQLException e) {
        if (e.getCause() instanceof UnknownHostException unknown) {
            return "the host " + unknown.getMessage() + " is not known";
        }
        return String.valueOf(e.getMessage()).replaceAll("(?s)\\. Check that .*", "").replaceAll("\\.$", "");
    }
}
