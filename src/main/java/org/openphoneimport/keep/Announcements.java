package org.openphoneimport.keep;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jboss.logging.Logger;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Tells listeners that a run is completed; at least once, also when a worker dies in between. */
@ApplicationScoped
class Announcements {

    private static final Logger LOG = Logger.getLogger(Announcements.class);

    private final EntityManager entityManager;
    private final EventBus bus;

    Announcements(EntityManager entityManager, EventBus bus) {
        this.entityManager = entityManager;
        this.bus = bus;
    }

    void announce() {
        for (var run : unannounced()) {
            LOG.infof("Run completed: %s", run.detail());
            bus.put("Run completed", run.detail());
            QuarkusTransaction.requiringNew().run(() -> entityManager.createNativeQuery("""
                    INSERT INTO announcements (run_id, completed_at)
                    SELECT id, completed_at FROM import_runs WHERE id = CAST(:run AS uuid) AND completed_at IS NOT NULL
                    ON CONFLICT DO NOTHING
                    """).setParameter("run", run.id()).executeUpdate());
        }
    }

    @RegisterForReflection
    private record Row(String id, String detail) {
    }

    /** A run that was repaired is completed once more. */
    private List<Row> unannounced() {
        List<?> rows = QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT CAST(id AS text) AS id, CAST(json_build_object('runId', id, 'type', type, 'windowFrom', window_from,
                    'startedAt', started_at, 'completedAt', completed_at, 'conversations', processed_conversations,
                    'messages', processed_messages, 'calls', processed_calls, 'media', processed_media) AS text) AS detail
                FROM import_runs AS run
                WHERE status = 'completed' AND NOT EXISTS (SELECT FROM announcements AS told
                    WHERE told.run_id = run.id AND told.completed_at = run.completed_at)
                ORDER BY completed_at
                """, Row.class).getResultList());
        return rows.stream().map(Row.class::cast).toList();
    }
}
