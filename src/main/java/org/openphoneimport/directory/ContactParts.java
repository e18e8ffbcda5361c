package org.openphoneimport.directory;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.NoteDocument;
import org.openphoneimport.document.PropertyDocument;
import org.openphoneimport.document.ShareDocument;

import io.quarkus.hibernate.orm.panache.Panache;

/** Stores what OpenPhone gave of contacts: all that there is of each, so that what is gone is noted. */
public final class ContactParts {

    private static final String OWNER = "contact_id";

    private ContactParts() {
    }

    /**
     * Which of these notes are stored with other files, and were changed since: that URLs differ says nothing by itself. To be
     * asked before they are stored.
     *
     * @return their ids
     */
    public static Set<String> withOtherFiles(List<NoteDocument> notes) {
        if (notes.isEmpty()) {
            return Set.of();
        }
        List<?> ids = Panache.getEntityManager().createNativeQuery("""
                SELECT received.id
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, updated_at timestamptz, payload jsonb)
                JOIN contact_notes AS stored ON stored.id = received.id
                WHERE stored.payload -> 'media' IS DISTINCT FROM received.payload -> 'media'
                    AND coalesce(received.updated_at > stored.updated_at, true)
                """, String.class).setParameter("rows", JsonRows.rows(notes)).getResultList();
        return ids.stream().map(String.class::cast).collect(Collectors.toSet());
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
