package org.openphoneimport.pace;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads what runs came to, to tell what the next one will. Called within a {@code Snapshot}. */
@ApplicationScoped
public class Precedents {

    private final EntityManager entityManager;

    Precedents(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @RegisterForReflection
    private record Row(int conversations, int messages, int calls, long seconds, @Nullable Long requests) {
    }

    /**
     * The last completed one; a part of the workspace's time tells nothing of the whole.
     *
     * @param type historical or reconciliation
     */
    public Optional<Precedent> of(String type) {
        List<?> rows = entityManager.createNativeQuery(
                """
                        SELECT coalesce(total_conversations, 0) AS conversations, processed_messages AS messages,
                            processed_calls AS calls, CAST(greatest(0, extract(epoch FROM completed_at - coalesce(started_at, created_at))
                                - paused_seconds) AS bigint) AS seconds,
                            (SELECT nullif(max(CAST(figures ->> 'granted' AS bigint)) - min(CAST(figures ->> 'granted' AS bigint)), 0)
                                FROM import_events WHERE run_id = run.id AND kind = 'sample') AS requests
                        FROM import_runs AS run
                        WHERE status = 'completed' AND type = :type AND NOT window_from_given AND window_to IS NULL
                            AND cleared_at IS NULL
                        ORDER BY completed_at DESC LIMIT 1
                        """,
                Row.class).setParameter("type", type).getResultList();
        return rows.stream().map(Row.class::cast).findFirst().map(row -> new Precedent(
                row.conversations(), row.messages(), row.calls(), Duration.ofSeconds(row.seconds()), row.requests()));
    }
}
