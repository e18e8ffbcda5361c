package org.openphoneimport.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.NoteDocument;
import org.openphoneimport.document.NumberHoursDocument;
import org.openphoneimport.document.NumberMemberDocument;
import org.openphoneimport.document.NumberSettingsDocument;
import org.openphoneimport.document.OrganizationDocument;
import org.openphoneimport.document.PropertyDocument;
import org.openphoneimport.document.ShareDocument;
import org.openphoneimport.document.TaskDocument;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * A table whose rows are documents as OpenPhone gives them: some columns, the payload, who received it last, and the row's
 * digest. Each stores its documents in the same way: an older one never overwrites a newer one, but anything overwrites a row
 * that something else has changed.
 *
 * @param <T> the documents
 */
public final class DirectoryTable<T> {

    /** The workspace itself, one row. */
    public static final DirectoryTable<OrganizationDocument> ORGANIZATION = new DirectoryTable<OrganizationDocument>(
            "organization", List.of("id"), "updated_at").text("name", "subscription_status").time("created_at", "updated_at");

    /** Follow-ups. They tell no time of their last change, but a revision. */
    public static final DirectoryTable<TaskDocument> TASKS = new DirectoryTable<TaskDocument>("tasks", List.of("id"),
            "revision")
            .text("title", "description", "status", "assigned_to", "assigned_by", "created_by", "conversation_id",
                    "phone_number_id", "activity_id")
            .time("due_date", "created_at").column("revision", "bigint");

    /** When numbers are open. */
    public static final DirectoryTable<NumberHoursDocument> NUMBER_HOURS = new DirectoryTable<NumberHoursDocument>(
            "phone_number_hours", List.of("phone_number_id"), null).column("enabled", "boolean").text("timezone")
            .column("schedule", "jsonb").column("restrictions", "jsonb");

    /** Who may use numbers. */
    public static final DirectoryTable<NumberMemberDocument> NUMBER_MEMBERS = new DirectoryTable<NumberMemberDocument>(
            "phone_number_members", List.of("phone_number_id", "user_id"), null).text("email", "role", "group_id");

    /** Which numbers record their calls. */
    public static final DirectoryTable<NumberSettingsDocument> NUMBER_SETTINGS = new DirectoryTable<NumberSettingsDocument>(
            "phone_number_settings", List.of("phone_number_id"), null).column("auto_record", "boolean")
            .text("disclosure_inbound", "disclosure_outbound");

    /** What colleagues wrote about contacts. */
    public static final DirectoryTable<NoteDocument> CONTACT_NOTES = new DirectoryTable<NoteDocument>("contact_notes",
            List.of("id"), "updated_at").text("contact_id", "text", "created_by").time("created_at", "updated_at");

    /** Phone numbers, e-mail addresses and values of contacts. */
    public static final DirectoryTable<PropertyDocument> CONTACT_PROPERTIES = new DirectoryTable<PropertyDocument>(
            "contact_properties", List.of("contact_id", "id"), "updated_at").text("type", "name").column("value", "jsonb")
            .time("created_at", "updated_at");

    /** Who may see contacts. */
    public static final DirectoryTable<ShareDocument> CONTACT_SHARES = new DirectoryTable<ShareDocument>("contact_shares",
            List.of("contact_id", "shared_with"), null).time("created_at");

    private final String name;
    private final List<String> key;
    private final @Nullable String version;
    private final List<Column> columns = new ArrayList<>();

    /**
     * @param key columns that tell one row from another
     * @param version the column that grows with each change; null where OpenPhone tells none
     */
    private DirectoryTable(String name, List<String> key, @Nullable String version) {
        this.name = name;
        this.key = key;
        this.version = version;
        key.forEach(column -> columns.add(new Column(column, "text")));
    }

    private DirectoryTable<T> text(String... names) {
        List.of(names).forEach(each -> column(each, "text"));
        return this;
    }

    private DirectoryTable<T> time(String... names) {
        List.of(names).forEach(each -> column(each, "timestamptz"));
        return this;
    }

    private DirectoryTable<T> column(String column, String type) {
        columns.add(new Column(column, type));
        return this;
    }

    /** Stores documents. */
    public void store(List<T> documents, UUID run) {
        if (documents.isEmpty()) {
            return;
        }
        var rows = JsonRows.rows(documents);
        Panache.getEntityManager().createNativeQuery("""
                INSERT INTO %1$s AS stored (%2$s, payload)
                SELECT DISTINCT ON (%3$s) %2$s, payload
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(%4$s, payload jsonb)
                ORDER BY %3$s%5$s
                ON CONFLICT (%3$s) DO UPDATE SET %6$s, payload = excluded.payload
                WHERE stored.digest IS DISTINCT FROM row_digest(stored)
                    -- Documents of notes and the like do not say whose they are.
                    OR ((%8$s, stored.payload) IS DISTINCT FROM (%9$s, excluded.payload)%7$s)
                """.formatted(name, list("%s"), String.join(", ", key), typed(),
                version == null ? "" : ", " + version + " DESC NULLS LAST", list("%1$s = excluded.%1$s"),
                version == null ? "" : " AND coalesce(excluded.%1$s >= stored.%1$s, true)".formatted(version),
                list("stored.%s"), list("excluded.%s")))
                .setParameter("rows", rows)
                .executeUpdate();
        Panache.getEntityManager().createNativeQuery("""
                UPDATE %s AS stored SET last_run_id = :run, absent_since = NULL, digest = row_digest(stored)
                WHERE (%s) IN (SELECT %s FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(%s))
                    AND (last_run_id IS DISTINCT FROM :run OR absent_since IS NOT NULL
                        OR digest IS DISTINCT FROM row_digest(stored))
                """.formatted(name, String.join(", ", key), String.join(", ", key), typed()))
                .setParameter("run", run)
                .setParameter("rows", rows)
                .executeUpdate();
    }

    /** Notes which are gone, when a list of all has been read to its end. */
    public void noteAbsent(UUID run) {
        Presence.noteAbsent(name, run);
    }

    /**
     * Notes which are gone of some contacts or numbers, of which everything there is has just been received.
     *
     * @param owner the column that names them
     */
    void noteAbsent(String owner, List<String> owners, List<T> received) {
        Panache.getEntityManager().createNativeQuery("""
                UPDATE %s AS stored SET absent_since = clock_timestamp()
                WHERE %s = ANY(:owners) AND absent_since IS NULL AND (%s) NOT IN (
                    SELECT %s FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(%s))
                """.formatted(name, owner, String.join(", ", key), String.join(", ", key), typed()))
                .setParameter("owners", owners.toArray(String[]::new))
                .setParameter("rows", JsonRows.rows(received))
                .executeUpdate();
    }

    private String list(String pattern) {
        return columns.stream().map(column -> pattern.formatted(column.name())).collect(Collectors.joining(", "));
    }

    private String typed() {
        return columns.stream().map(column -> column.name() + " " + column.type()).collect(Collectors.joining(", "));
    }

    private record Column(String name, String type) {
    }
}
