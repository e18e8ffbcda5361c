package org.openphoneimport.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads where notices go and what came of them. Called within a {@link Snapshot}. */
@ApplicationScoped
public class NoticeViews {

    private final EntityManager entityManager;

    NoticeViews(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * Where they go, and the newest of them.
     *
     * @param count how many
     */
    public NoticesView read(int count) {
        return NoticesView.of(channels(), notices(count));
    }

    List<NoticesView.Channel> channels() {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT channel, target, obstacle, since FROM notice_channels ORDER BY channel DESC
                """, NoticesView.Channel.class).getResultList();
        return rows.stream().map(NoticesView.Channel.class::cast).toList();
    }

    @RegisterForReflection
    private record Row(UUID id, String kind, @Nullable UUID runId, Instant notedAt, @Nullable String channel,
            @Nullable Integer attempts, @Nullable String trouble, @Nullable Instant deliveredAt, @Nullable Instant givenUpAt,
            @Nullable Instant dueAt) {
    }

    private List<NoticesView.Notice> notices(int count) {
        List<?> rows = entityManager.createNativeQuery(
                """
                        SELECT notice.id, notice.kind, notice.run_id, notice.noted_at, channel, attempts, trouble, delivered_at, given_up_at,
                            CASE WHEN delivered_at IS NULL AND given_up_at IS NULL THEN due_at END AS due_at
                        FROM (SELECT * FROM notices ORDER BY noted_at DESC, id LIMIT :count) AS notice
                        LEFT JOIN notice_deliveries ON notice_id = notice.id
                        ORDER BY notice.noted_at DESC, notice.id, channel DESC
                        """,
                Row.class).setParameter("count", count).getResultList();
        var notices = new LinkedHashMap<UUID, NoticesView.Notice>();
        for (var each : rows) {
            var row = (Row) each;
            var notice = notices.computeIfAbsent(row.id(), id -> new NoticesView.Notice(id.toString(),
                    row.kind(), text(row.runId()), row.notedAt(),
                    new ArrayList<>()));
            if (row.channel() != null && row.attempts() != null) {
                notice.deliveries().add(new NoticesView.Delivery(row.channel(), row.attempts(), row.dueAt(),
                        row.trouble(), row.deliveredAt(), row.givenUpAt()));
            }
        }
        return List.copyOf(notices.values());
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
