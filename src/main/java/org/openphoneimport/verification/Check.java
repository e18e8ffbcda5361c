package org.openphoneimport.verification;

import java.util.Locale;

/** What a verification compares, in this order. */
public enum Check {
    /** Every conversation that OpenPhone lists is stored, as it was received. */
    CONVERSATIONS("Conversations that OpenPhone lists are stored"),
    /** The newest of each conversation is stored. */
    ACTIVITIES("The last activity of each conversation is stored"),
    /** Each conversation was read to its last page. */
    READINGS("Conversations were read to their last page"),
    /** Nothing that was imported has vanished or changed since. */
    ROWS("Messages and calls are stored as they were received"),
    /** What the generation of the API that did not read the run has of a sample of conversations. */
    WITNESS("A sample of conversations has the same messages and calls through both APIs"),
    /** Every file that a document points to is stored. */
    FILES("Files that messages and calls point to are stored"),
    /** Nothing of the directory has vanished or changed since it was imported. */
    DIRECTORY("Users, contacts, tasks and what hangs on them are stored as they were received"),
    /** The workspace's own numbers are stored. */
    NUMBERS("Phone numbers are stored, and those in use are listed"),
    /** What OpenPhone does not list any more. */
    ABSENCES("Stored conversations are still listed by OpenPhone"),
    /** Whether there is a hole in the history. */
    MONTHS("Months between the first and the last activity have some");

    private final String title;

    Check(String title) {
        this.title = title;
    }

    /** As in the verdict. */
    public String title() {
        return title;
    }

    /** As in the table. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
