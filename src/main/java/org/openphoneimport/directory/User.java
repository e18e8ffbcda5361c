package org.openphoneimport.directory;

import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.UserDocument;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;

/** A person who works in the workspace. */
@Entity
@Table(name = "users")
public class User extends PanacheEntityBase {

    @Id
    public String id;

    public @Nullable String email;

    @Column(name = "first_name")
    public @Nullable String firstName;

    @Column(name = "last_name")
    public @Nullable String lastName;

    /**
     * Stores what was received; an older document never overwrites a newer one,
     * but anything overwrites a row that something else has changed.
     */
    public static void store(List<UserDocument> documents, UUID run) {
        getEntityManager().createNativeQuery("""
                INSERT INTO users AS stored (id, email, first_name, last_name, role, created_at, updated_at, payload)
                SELECT DISTINCT ON (id) id, email, first_name, last_name, role, created_at, updated_at, payload
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, email text, first_name text,
                    last_name text, role text, created_at timestamptz, updated_at timestamptz, payload jsonb)
                ORDER BY id, updated_at DESC NULLS LAST
                ON CONFLICT (id) DO UPDATE SET
                    email = excluded.email, first_name = excluded.first_name, last_name = excluded.last_name,
                    role = excluded.role, created_at = excluded.created_at, updated_at = excluded.updated_at,
                    payload = excluded.payload
                WHERE stored.digest IS DISTINCT FROM row_digest(stored) OR (stored.payload <> excluded.payload
                    AND coalesce(excluded.updated_at >= stored.updated_at, true))
                """)
                .setParameter("rows", JsonRows.rows(documents))
                .executeUpdate();
        Presence.note("users", documents.stream().map(UserDocument::id).toList(), run);
    }
}
