package org.openphoneimport.start;

import java.util.Locale;

/** What the listing does, in this order. */
enum ListingStage {
    /** Finds out which generation of the API the run uses; left out where v1 is wanted. */
    API,
    /** Reads the workspace's users. */
    USERS,
    /** Reads the address book. */
    CONTACTS,
    /** Reads the fields that the workspace added to contacts. */
    CUSTOM_FIELDS,
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
            case CUSTOM_FIELDS -> EVERYTHING;
            case EVERYTHING -> GAP;
            case GAP -> WITNESS;
            case WITNESS -> CUT;
            case CUT, DONE -> DONE;
        };
    }

    boolean isDirectory() {
        return this == USERS || this == CONTACTS || this == CUSTOM_FIELDS;
    }

    /** Whether conversations can be imported without it. */
    boolean isDispensable() {
        return isDirectory() || this == WITNESS;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
