package org.openphoneimport.run;

import java.util.List;
import java.util.Locale;

/**
 * A list that shows the whole workspace. One of the directory is missed when it has not been read, since the view
 * {@code workspace_gaps} names it; a list that {@code listing} reads page by page has the name of its stage.
 */
public enum WorkspaceList {
    MESSAGES,
    CALLS,
    CONVERSATIONS,
    USERS,
    CONTACTS,
    CUSTOM_FIELDS,
    TASKS,
    ORGANIZATION,
    NUMBER_HOURS,
    NUMBER_MEMBERS,
    NUMBER_SETTINGS,
    CONTACT_NOTES,
    CONTACT_PROPERTIES,
    CONTACT_SHARES;

    /** Those that only the API of 2026-03-30 has. */
    public static List<WorkspaceList> ofDated() {
        return List.of(ORGANIZATION, NUMBER_HOURS, NUMBER_MEMBERS, NUMBER_SETTINGS, CONTACT_NOTES, CONTACT_PROPERTIES,
                CONTACT_SHARES);
    }

    /** In a sentence. */
    public String words() {
        return text().replace('_', ' ');
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
