package org.openphoneimport.batch;

import java.sql.SQLException;

/** Whether something failed because Postgres could not be reached, which is no fault of the work. */
final class DatabaseAway {

    private DatabaseAway() {
    }

    static boolean isReasonOf(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && isConnection(e.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Connection exception, operator intervention, insufficient resources; no state: no connection within the pool's limit. */
    private static boolean isConnection(String state) {
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }
}
