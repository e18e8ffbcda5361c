package org.openphoneimport.thread;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

import org.jspecify.annotations.Nullable;

/** Reads the messages of a page of a thread, with their files. Called within a {@link org.openphoneimport.status.Snapshot}. */
@ApplicationScoped
class Messages {

    private final EntityManager entityManager;
    private final FileRows files;

    Messages(EntityManager entityManager, FileRows files) {
        this.entityManager = entityManager;
        this.files = files;
    }

    /** In no order. */
    List<Entry> read(Collection<String> ids, Threads.Share share) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<?> rows = entityManager.createNativeQuery("""
                SELECT message.id, message.created_at, message.direction = 'incoming' AS incoming, message.status,
                    message.from_number, coalesce(nullif(concat_ws(' ', author.first_name, author.last_name), ''), author.email,
                        message.user_id) AS author,
                    left(message.text, :most) AS text, length(message.text) AS length, message.absent_since
                FROM messages AS message LEFT JOIN users AS author ON author.id = message.user_id
                WHERE message.id = ANY(:ids)
                """, Tuple.class).setParameter("ids", ids.toArray(String[]::new)).setParameter("most", share.characters())
                .getResultList();
        var found = files.of("message", ids, share.files());
        return rows.stream().map(row -> message((Tuple) row, found)).toList();
    }

    private static Entry message(Tuple row, FileRows.Found files) {
        var id = row.get("id", String.class);
        return new Entry.Message(id, row.get("created_at", Instant.class), Boolean.TRUE.equals(row.get("incoming")),
                row.get("status", String.class), row.get("from_number", String.class), row.get("author", String.class),
                orEmpty(row.get("text", String.class)), length(row.get("length", Integer.class)),
                row.get("absent_since", Instant.class), files.of(id), files.beyond(id));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int length(@Nullable Integer length) {
        return length == null ? 0 : length;
    }
}
