package org.openphoneimport.thread;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads the messages of a page of a thread, with their files. Called within a {@link org.openphoneimport.status.Snapshot}. */
@ApplicationScoped
class Messages {

    private final EntityManager entityManager;
    private final FileRows files;

    Messages(EntityManager entityManager, FileRows files) {
        this.entityManager = entityManager;
        this.files = files;
    }

    @RegisterForReflection
    private record Row(String id, @Nullable Instant createdAt, @Nullable Boolean incoming, @Nullable String status,
            @Nullable String fromNumber, @Nullable String author, @Nullable String text, @Nullable Integer length,
            @Nullable Instant absentSince) {
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
                """, Row.class).setParameter("ids", ids.toArray(String[]::new)).setParameter("most", share.characters())
                .getResultList();
        var found = files.of("message", ids, share.files());
        return rows.stream().map(row -> message((Row) row, found)).toList();
    }

    private static Entry message(Row row, FileRows.Found files) {
        var id = row.id();
        return new Entry.Message(id, row.createdAt(), Boolean.TRUE.equals(row.incoming()),
                row.status(), row.fromNumber(), row.author(), orEmpty(row.text()), length(row.length()),
                row.absentSince(), files.of(id), files.beyond(id));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int length(@Nullable Integer length) {
        return length == null ? 0 : length;
    }
}
