package org.openphoneimport.frame;

import java.util.Optional;
import java.util.regex.Pattern;

import org.openphoneimport.database.DatabaseAway;

/**
 * Why the database cannot be asked, for those who can do something about it.
 *
 * @param what has happened, as a sentence without its full stop
 * @param remedy what to do about it, likewise
 */
public record DatabaseTrouble(String what, String remedy) {

    // Without what follows a question mark, which may be a password.
    private static final Pattern SERVER = Pattern.compile("jdbc:postgresql://([^?]+)");

    /** Nothing when the failure has another reason. */
    static Optional<DatabaseTrouble> of(Throwable failure, String url) {
        return DatabaseAway.stateOf(failure).map(state -> of(state, server(url)));
    }

    private static DatabaseTrouble of(String state, String server) {
        return switch (state.isEmpty() ? "" : state.substring(0, 2)) {
            case "28" -> new DatabaseTrouble("The database refuses its user",
                    "See whether name and password are those that " + server + " knows. If they have just been changed, wait");
            case "53" -> new DatabaseTrouble("The database has no connection free",
                    "If it stays so, see who holds connections to %s, and how many it allows".formatted(server));
            case "25" -> new DatabaseTrouble("The database takes no changes",
                    "See whether " + server + " has become the copy of another server. If it is about to change places, wait");
            default -> new DatabaseTrouble("The database does not answer",
                    "See whether %s runs, and whether it can be reached from here".formatted(server));
        };
    }

    private static String server(String url) {
        var server = SERVER.matcher(url);
        return server.lookingAt() ? "PostgreSQL at " + server.group(1) : "PostgreSQL";
    }
}
