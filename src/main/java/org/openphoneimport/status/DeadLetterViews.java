package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads the dead letters that have not been sent back. Called within a {@link Snapshot}. */
@ApplicationScoped
public class DeadLetterViews {

    private final EntityManager entityManager;

    DeadLetterViews(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @RegisterForReflection
    private record Row(UUID id, String queue, String body, String reason, Instant movedAt) {
    }

    /** The newest first. */
    public List<DeadLetterView> open(int count) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, queue, body, reason, moved_at FROM dead_letters WHERE sent_back_at IS NULL ORDER BY moved_at DESC, id
                """, Row.class).setMaxResults(count).getResultList();
        return rows.stream().map(Row.class::cast).map(row -> new DeadLetterView(row.id().toString(),
                row.queue(), row.body(), row.reason(), row.movedAt())).toList();
    }
}
