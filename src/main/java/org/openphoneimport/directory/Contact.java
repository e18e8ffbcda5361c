package org.openphoneimport.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.ContactDocument;
import org.openphoneimport.document.PropertyDocument;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** An entry of the address book. Its numbers stand in {@code contact_phone_numbers}. */
@Entity
@Table(name = "contacts")
public class Contact extends PanacheEntityBase {

    @Id
    public String id;

    @Column(name = "first_name")
    public @Nullable String firstName;

    @Column(name = "last_name")
    public @Nullable String lastName;

    public @Nullable String company;

    /**
     * Stores what was received, numbers included; an older document never overwrites a newer one,
     * but anything overwrites a row that something else has changed.
     */
    public static void store(List<ContactDocument> documents, UUID run) {
        getEntityManager().createNativeQuery("""
                INSERT INTO contacts AS stored (id, external_id, source, first_name, last_name, company, role, created_at,
                    updated_at, payload)
                SELECT DISTINCT ON (id) id, external_id, source, first_name, last_name, company, role, created_at,
                    updated_at, payload
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, external_id text, source text,
                    first_name text, last_name text, company text, role text, created_at timestamptz,
                    updated_at timestamptz, payload jsonb)
                ORDER BY id, updated_at DESC NULLS LAST
                ON CONFLICT (id) DO UPDATE SET
                    external_id = excluded.external_id, source = excluded.source, first_name = excluded.first_name,
                    last_name = excluded.last_name, company = excluded.company, role = excluded.role,
                    created_at = excluded.created_at, updated_at = excluded.updated_at, payload = excluded.payload
                WHERE stored.digest IS DISTINCT FROM row_digest(stored) OR (stored.payload <> excluded.payload
                    AND coalesce(excluded.updated_at >= stored.updated_at, true)
                    -- What comes flat lacks numbers and addresses: it replaces only what it is newer than.
                    AND (NOT jsonb_exists(stored.payload, 'defaultFields') OR jsonb_exists(excluded.payload, 'defaultFields')
                        OR NOT jsonb_exists(excluded.payload, 'actorId') OR excluded.updated_at > stored.updated_at))
                """)
                .setParameter("rows", JsonRows.rows(documents))
                .executeUpdate();
        storeNumbers(documents.stream().filter(contact -> !contact.isFlat()).toList());
        Presence.note("contacts", documents.stream().map(ContactDocument::id).toList(), run);
    }

    /** Stores the numbers of contacts whose documents have none, and so come among their properties. */
    static void storeNumbersOfFlat(List<String> contacts, List<PropertyDocument> properties) {
        List<?> flat = getEntityManager().createNativeQuery("""
                SELECT id FROM contacts AS stored WHERE id = ANY(:ids) AND jsonb_exists(payload, 'actorId')
                    AND NOT jsonb_exists(payload, 'defaultFields') AND digest = row_digest(stored)
                ORDER BY id FOR UPDATE
                """, String.class).setParameter("ids", contacts.toArray(String[]::new)).getResultList();
        if (flat.isEmpty()) {
            return;
        }
        var e164 = E164.ofWorkspace();
        var rows = new ArrayList<PhoneRow>();
        for (var property : properties) {
            if (flat.contains(property.contactId()) && property.isPhoneNumber() && property.value() != null) {
                var value = property.value().textValue();
                rows.add(new PhoneRow(property.contactId(), rows.size(), property.name(), value, e164.of(value)));
            }
        }
        var ids = flat.stream().map(String.class::cast).toList();
        replaceNumbers(ids, rows);
        getEntityManager().createNativeQuery("""
                UPDATE contacts AS stored SET digest = row_digest(stored) WHERE id = ANY(:ids)
                """).setParameter("ids", ids.toArray(String[]::new)).executeUpdate();
    }

    /** Those of a contact as a whole: it may have fewer than before. */
    private static void storeNumbers(List<ContactDocument> documents) {
        if (documents.isEmpty()) {
            return;
        }
        var e164 = E164.ofWorkspace();
        var rows = new ArrayList<PhoneRow>();
        for (var contact : documents) {
            int position = 0;
            for (var phone : contact.phoneNumbers()) {
                rows.add(new PhoneRow(contact.id(), position++, phone.label(), phone.value(), e164.of(phone.value())));
            }
        }
        replaceNumbers(documents.stream().map(ContactDocument::id).toList(), rows);
    }

    private static void replaceNumbers(List<String> contacts, List<PhoneRow> rows) {
        getEntityManager().createNativeQuery("DELETE FROM contact_phone_numbers WHERE contact_id = ANY(:ids)")
                .setParameter("ids", contacts.toArray(String[]::new))
                .executeUpdate();
        getEntityManager().createNativeQuery("""
                INSERT INTO contact_phone_numbers (contact_id, position, label, value, number)
                SELECT contact_id, position, label, value, number
                FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                    AS received(contact_id text, position integer, label text, value text, number text)
                ON CONFLICT DO NOTHING
                """)
                .setParameter("rows", JsonRows.rows(rows))
                .executeUpdate();
    }

    /**
     * A number as it is stored.
     *
     * @param value as it was typed
     * @param number the same in E.164, null where it is none
     */
    @RegisterForReflection
    private record PhoneRow(String contactId, int position, @Nullable String label, String value, @Nullable String number) {
    }
}
