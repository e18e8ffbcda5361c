package org.openphoneimport.thread;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Reads what colleagues wrote about contacts, where the schema has that: the table {@code contact_notes} is of a later version
 * than this page may find. Called within a {@link org.openphoneimport.status.Snapshot}.
 */
@ApplicationScoped
public class ContactNotes {

    private static final int MOST = 100;

    private final EntityManager entityManager;

    ContactNotes(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * A note.
     *
     * @param id OpenPhone's
     * @param contactId whom it is about
     * @param author name of the user who wrote it; null when OpenPhone does not say
     * @param text what
     * @param createdAt when; null when OpenPhone does not say
     */
    @RegisterForReflection
    public record Note(String id, String contactId, @Nullable String author, String text, @Nullable Instant createdAt) {
    }

    /** The newest first. */
    public List<Note> of(Collection<String> contacts) {
        if (contacts.isEmpty() || !exists()) {
            return List.of();
        }
        List<?> rows = entityManager.createNativeQuery("""
                SELECT note.id, note.contact_id, coalesce(nullif(concat_ws(' ', author.first_name, author.last_name), ''),
                    author.email, note.created_by) AS author, left(coalesce(note.text, ''), :most) AS text, note.created_at
                FROM contact_notes AS note LEFT JOIN users AS author ON author.id = note.created_by
                WHERE note.contact_id = ANY(:contacts) AND note.absent_since IS NULL
                ORDER BY note.created_at DESC NULLS LAST, note.id
                """, Note.class).setParameter("contacts", contacts.toArray(String[]::new))
                .setParameter("most", Threads.Share.SOME.characters()).setMaxResults(MOST).getResultList();
        return rows.stream().map(Note.class::cast).toList();
    }

    private boolean exists() {
        return (Boolean) entityManager.createNativeQuery("SELECT to_regclass('contact_notes') IS NOT NULL", Boolean.class)
                .getSingleResult();
    }
}
