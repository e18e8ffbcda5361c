package org.openphoneimport.listing;

import java.util.Locale;

/**
 * What the listing does, in this order. A constraint of {@code import_runs} names them all, and those that read a list of the
 * directory are called like it ({@link org.openphoneimport.run.WorkspaceList}).
 */
enum ListingStage {
    /** Finds out which generation of the API the run uses; left out where v1 is wanted. */
    API,
    /** Reads the workspace's users. */
    USERS,
    /** Reads the address book. */
    CONTACTS,
    /** Reads the fields that the workspace added to contacts. */
    CUSTOM_FIELDS,
    /** Reads tasks. */
    TASKS,
    /** Reads what the workspace is called, and whether it is paid for. */
    ORGANIZATION,
    /** Reads hours, members and settings of the workspace's own numbers, one number after the other. */
    NUMBERS,
    /** Reads all conversations. */
    EVERYTHING,
    /** Reads those that were updated meanwhile. */
    GAP,
    /** Reads the conversations that the other generation of the API lists. */
    WITNESS,
    /** Writes the batches. */
    CUT,
    /** Has ended. */
    DONE;

    ListingStage next() {
        return switch (this) {
            case API -> USERS;
            case USERS -> CONTACTS;
            case CONTACTS -> CUSTOM_FIELDS;
            case CUSTOM_FIELDS -> TASKS;
            case TASKS -> ORGANIZATION;
            case ORGANIZATION -> NUMBERS;
            case NUMBERS -> EVERYTHING;
            case EVERYTHING -> GAP;
            case GAP -> WITNESS;
            case WITNESS -> CUT;
            case CUT, DONE -> DONE;
        };
    }

    boolean isDirectory() {
        return switch (this) {
            case USERS, CONTACTS, CUSTOM_FIELDS, TASKS, ORGANIZATION, NUMBERS -> true;
            case API, EVERYTHING, GAP, WITNESS, CUT, DONE -> false;
        };
    }

    /** Whether both generations of the API have the list of the directory. */
    boolean isOfBoth() {
        return switch (this) {
            case USERS, CONTACTS, TASKS -> true;
            case CUSTOM_FIELDS, ORGANIZATION, NUMBERS, API, EVERYTHING, GAP, WITNESS, CUT, DONE -> false;
        };
    }

    /** Whether conversations can be imported without it. */
    boolean isDispensable() {
        return isDirectory() || this == WITNESS;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
