package org.openphoneimport.directory;

import java.util.List;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.CustomFieldDocument;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;

/** A field that the workspace added to contacts; its values stand in their payloads. */
@Entity
@Table(name = "contact_custom_fields")
public class CustomField extends PanacheEntityBase {

    @Id
    public String id;

    public @Nullable String name;

    /** address, boolean, date, multi-select, number, string or url. */
    public @Nullable String type;

    /** Stores what was received. */
    public static void store(List<CustomFieldDocument> documents, UUID run) {
        getEntityManager().createNativeQuery("""
                INSERT INTO contact_custom_fields (id, name, type, payload)
                SELECT DISTINCT ON (key) key, name, type, payload
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(key text, name text, type text, payload jsonb)
                ORDER BY key
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, payload = excluded.payload
                """)
                .setParameter("rows", JsonRows.rows(documents))
                .executeUpdate();
        Presence.note("contact_custom_fields", documents.stream().map(CustomFieldDocument::key).toList(), run);
    }

    /** Notes which are gone, when all have been read. */
    public static void noteAbsent(UUID run) {
        Presence.noteAbsent("contact_custom_fields", run);
    }
}
