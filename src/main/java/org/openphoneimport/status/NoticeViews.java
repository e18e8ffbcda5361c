package org.openphoneimport.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

import org.jspecify.annotations.Nullable;

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
                """, Tuple.class).getResultList();
        return rows.stream().map(Tuple.class::cast).map(row -> new NoticesView.Channel(row.get("channel", String.class),
                row.get("target", String.class), row.get("obstacle", String.class), row.get("since", Instant.class))).toList();
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
                Tuple.class).setParameter("count", count).getResultList();
        var notices = new LinkedHashMap<UUID, NoticesView.Notice>();
        for (var each : rows) {
            var row = (Tuple) each;
            var notice = notices.computeIfAbsent(row.get("id", UUID.class), id -> new NoticesView.Notice(id.toString(),
                    row.get("kind", String.class), text(row.get("run_id", UUID.class)), row.get("noted_at", Instant.class),
                    new ArrayList<>()));
            if (row.get("channel") != null) {
                notice.deliveries().add(new NoticesView.Delivery(row.get("channel", String.class),
                        row.get("attempts", Integer.class), row.get("due_at", Instant.class),
                        row.get("trouble", String.class), row.get("delivered_at", Instant.class),
                        row.get("given_up_at", Instant.class)));
            }
        }
        return List.copyOf(notices.values());
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
