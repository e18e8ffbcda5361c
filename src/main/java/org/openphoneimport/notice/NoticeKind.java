package org.openphoneimport.notice;

import java.util.Arrays;
import java.util.Locale;

/** What a notice is about. */
public enum NoticeKind {
    /** Imported and verified, and nothing is open. */
    COMPLETED("run.completed"),
    /** The same, but for what OpenPhone does not give, or errors that are open. */
    COMPLETED_WITH_EXCEPTIONS("run.completed-with-exceptions"),
    /** Something is missing. */
    FAILED("run.failed"),
    /** Given up by an operator. */
    CANCELLED("run.cancelled"),
    /** It goes on when a person has done something: the key is refused. */
    WAITING("run.waiting"),
    /** What the database holds is older than the schedule allows. */
    OVERDUE("run.overdue"),
    /** An operator wants to see whether notices arrive. */
    TEST("test");

    private final String text;

    NoticeKind(String text) {
        this.text = text;
    }

    /** As in the table, in JSON and in the configuration. */
    public String text() {
        return text;
    }

    static NoticeKind of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no notice of the kind " + text));
    }

    /** {@code historical} is an import; a reconciliation is called by its name. */
    static String run(String type) {
        return type.equals("historical") ? "historical import" : type.toLowerCase(Locale.ROOT);
    }
}
