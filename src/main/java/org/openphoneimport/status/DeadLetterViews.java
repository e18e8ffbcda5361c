package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

/** Reads the dead letters that have not been sent back. Called within a {@link Snapshot}. */
@ApplicationScoped
public class DeadLetterViews {

    private final EntityManager entityManager;

    DeadLetterViews(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** The newest first. */
    public List<DeadLetterView> open(int count) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, queue, body, reason, moved_at FROM dead_letters WHERE sent_back_at IS NULL ORDER BY moved_at DESC, id
                """, Tuple.class).setMaxResults(count).getResultList();
        return rows.stream().map(Tuple.class::cast).map(row -> new DeadLetterView(row.get("id", UUID.class).toString(),
                row.get("queue", String.class), row.get("body", String.class), row.get("reason", String.class),
                row.get("moved_at", Instant.class))).toList();
    }
}
