package org.openphoneimport.database;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Whether something failed because Postgres could not be reached, which is no fault of the work. */
public final class DatabaseAway {

    private DatabaseAway() {
    }

    public static boolean isReasonOf(Throwable failure) {
        return stateOf(failure).isPresent();
    }

    /** The SQL state that says so, empty when there was no connection to tell one; nothing when it is not the reason. */
    public static Optional<String> stateOf(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && isConnection(e.getSQLState())) {
                return Optional.of(e.getSQLState() == null ? "" : e.getSQLState());
            }
            // A commit that fails is told in this way.
            var suppressed = Arrays.stream(cause.getSuppressed()).map(DatabaseAway::stateOf).flatMap(Optional::stream)
                    .findFirst();
            if (suppressed.isPresent()) {
                return suppressed;
            }
        }
        return Optional.empty();
    }

    /**
     * Connection exception, operator intervention, insufficient resources, a server that has just lost its place to another one
     * and only reads, a password that was rotated a moment ago; no state: no connection within the pool's limit.
     */
    private static boolean isConnection(@Nullable String state) {
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")
                || state.equals("25006") || state.startsWith("28");
    }
}
