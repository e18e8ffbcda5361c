package org.openphoneimport.directory;

import java.util.List;
import java.util.UUID;

import org.openphoneimport.document.NoteDocument;
import org.openphoneimport.document.PropertyDocument;
import org.openphoneimport.document.ShareDocument;

/** Stores what OpenPhone gave of contacts: all that there is of each, so that what is gone is noted. */
public final class ContactParts {

    private static final String OWNER = "contact_id";

    private ContactParts() {
    }

    /** Stores the notes of contacts. */
    public static void storeNotes(List<String> contacts, List<NoteDocument> notes, UUID run) {
        DirectoryTable.CONTACT_NOTES.store(notes, run);
        DirectoryTable.CONTACT_NOTES.noteAbsent(OWNER, contacts, notes);
    }

    /** Stores the properties of contacts, and the telephone numbers of those that came without. */
    public static void storeProperties(List<String> contacts, List<PropertyDocument> properties, UUID run) {
        DirectoryTable.CONTACT_PROPERTIES.store(properties, run);
        DirectoryTable.CONTACT_PROPERTIES.noteAbsent(OWNER, contacts, properties);
        Contact.storeNumbersOfFlat(contacts, properties);
    }

    /** Stores who may see contacts. */
    public static void storeShares(List<String> contacts, List<ShareDocument> shares, UUID run) {
        DirectoryTable.CONTACT_SHARES.store(shares, run);
        DirectoryTable.CONTACT_SHARES.noteAbsent(OWNER, contacts, shares);
    }
}
