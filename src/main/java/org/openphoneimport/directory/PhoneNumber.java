package org.openphoneimport.directory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.PhoneNumberDocument;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** One of the workspace's own numbers. */
@Entity
@Table(name = "phone_numbers")
public class PhoneNumber extends PanacheEntityBase {

    @Id
    public String id;

    /** E.164. */
    public @Nullable String number;

    public @Nullable String name;

    /** Ids of the users who may use it. */
    public String[] users;

    /**
     * Whether these numbers can be of the workspace that is stored here. Keys come and go, and so do numbers and users, but
     * two workspaces have none of them in common.
     */
    public static boolean areOfThisWorkspace(List<PhoneNumberDocument> numbers) {
        return (Boolean) getEntityManager().createNativeQuery("""
                SELECT NOT EXISTS (SELECT FROM phone_numbers)
                    OR EXISTS (SELECT FROM phone_numbers
                        WHERE id = ANY(:ids) OR users && CAST(:users AS text[]))
                """)
                .setParameter("ids", numbers.stream().map(PhoneNumberDocument::id).toArray(String[]::new))
                .setParameter("users", numbers.stream().flatMap(number -> number.userIds().stream()).toArray(String[]::new))
                .getSingleResult();
    }

    /** The numbers themselves by their ids. */
    public static Map<String, String> numbersById() {
        return PhoneNumber.<PhoneNumber> streamAll().filter(each -> each.number != null)
                .collect(Collectors.toMap(each -> each.id, each -> String.valueOf(each.number)));
    }

    /** Stores what was received; of those that were not listed before, since when they are. */
    public static void store(List<PhoneNumberDocument> documents, UUID run) {
        var ids = documents.stream().map(PhoneNumberDocument::id).toList();
        getEntityManager().createNativeQuery("""
                INSERT INTO phone_numbers (id, number, name, ask_as, users, created_at, updated_at, payload, last_run_id,
                    listed_since)
                SELECT DISTINCT ON (id) id, number, name, ask_as, users, created_at, updated_at, payload, :run,
                    clock_timestamp()
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, number text, name text, ask_as text,
                    users text[], created_at timestamptz, updated_at timestamptz, payload jsonb)
                ORDER BY id
                ON CONFLICT (id) DO UPDATE SET
                    number = excluded.number, name = excluded.name, ask_as = excluded.ask_as,
                    -- Where the document does not name them, they come as a list of their own.
                    users = CASE WHEN jsonb_exists(excluded.payload, 'users') THEN excluded.users
                        ELSE phone_numbers.users END,
                    created_at = excluded.created_at, updated_at = excluded.updated_at, payload = excluded.payload,
                    last_run_id = excluded.last_run_id, absent_since = NULL,
                    listed_since = CASE WHEN phone_numbers.absent_since IS NULL THEN phone_numbers.listed_since
                        ELSE excluded.listed_since END
                """)
                .setParameter("run", run)
                .setParameter("rows", JsonRows.rows(documents.stream().map(Row::of).toList()))
                .executeUpdate();
        Presence.note("phone_numbers", ids, run);
    }

    /** Marks those as absent that OpenPhone has ceased to list, and those as present that it lists again. */
    public static void turnPresence(List<String> ids) {
        if (!ids.isEmpty()) {
            getEntityManager().createNativeQuery("""
                    UPDATE phone_numbers SET absent_since = CASE WHEN absent_since IS NULL THEN clock_timestamp() END,
                        listed_since = CASE WHEN absent_since IS NULL THEN listed_since ELSE clock_timestamp() END
                    WHERE id = ANY(:ids)
                    """).setParameter("ids", ids.toArray(String[]::new)).executeUpdate();
        }
    }

    /** Stores who may use a number whose document does not say. */
    static void storeUsers(String number, List<String> users) {
        getEntityManager().createNativeQuery("""
                UPDATE phone_numbers SET users = :users WHERE id = :number AND users <> CAST(:users AS text[])
                    AND NOT jsonb_exists(payload, 'users') AND digest = row_digest(phone_numbers)
                """).setParameter("number", number).setParameter("users", users.toArray(String[]::new)).executeUpdate();
        getEntityManager().createNativeQuery("""
                UPDATE phone_numbers AS stored SET digest = row_digest(stored)
                WHERE id = :number AND users = CAST(:users AS text[]) AND NOT jsonb_exists(payload, 'users')
                """).setParameter("number", number).setParameter("users", users.toArray(String[]::new)).executeUpdate();
    }

    @RegisterForReflection
    private record Row(String id, @Nullable String number, @Nullable String name, @Nullable String askAs, List<String> users,
            @Nullable Instant createdAt, @Nullable Instant updatedAt, JsonNode payload) {

        static Row of(PhoneNumberDocument received) {
            return new Row(received.id(), received.number(), received.name(), received.askAs(), received.userIds(),
                    received.createdAt(), received.updatedAt(), received.payload());
        }
    }
}
