package org.openphoneimport.checklist;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;

/** The steps of a run's checklist as they stand in the table. */
@ApplicationScoped
class ChecklistSteps {

    private final EntityManager entityManager;

    ChecklistSteps(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** The steps, in their order. */
    enum Name {
        /** Applications are told not to write, and named roles cannot by default. */
        READ_ONLY,
        /** OpenPhone does not call anybody. */
        WEBHOOKS,
        /** What came while webhooks were off is imported. */
        RECONCILIATION;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Where a step stands. */
    enum State {
        PENDING,
        ACTIVE,
        UNDONE,
        SKIPPED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Transactional
    void write(UUID run) {
        for (var name : Name.values()) {
            entityManager.createNativeQuery("""
                    INSERT INTO checklist_steps (run_id, name, position)
                    SELECT :run, :name, count(*) FROM checklist_steps WHERE run_id = :run
                    ON CONFLICT DO NOTHING
                    """).setParameter("run", run).setParameter("name", name.text()).executeUpdate();
        }
    }

    /** Null when the run has no checklist. */
    @Nullable
    State state(UUID run, Name name) {
        List<?> states = entityManager.createNativeQuery("""
                SELECT state FROM checklist_steps WHERE run_id = :run AND name = :name
                """, String.class).setParameter("run", run).setParameter("name", name.text()).getResultList();
        return states.isEmpty() ? null : State.valueOf(((String) states.getFirst()).toUpperCase(Locale.ROOT));
    }

    /** @param finding what there is to say, in a sentence; null leaves what was said before */
    @Transactional
    void set(UUID run, Name name, State state, @Nullable String finding) {
        entityManager.createNativeQuery("""
                UPDATE checklist_steps SET state = :state, finding = coalesce(CAST(:finding AS text), finding),
                    changed_at = clock_timestamp()
                WHERE run_id = :run AND name = :name
                """)
                .setParameter("state", state.text())
                .setParameter("finding", finding)
                .setParameter("run", run)
                .setParameter("name", name.text())
                .executeUpdate();
    }

    /** Says something about a step that stays as it is. */
    @Transactional(TxType.REQUIRES_NEW)
    void report(UUID run, Name name, String finding) {
        entityManager.createNativeQuery("""
                UPDATE checklist_steps SET finding = :finding, changed_at = clock_timestamp()
                WHERE run_id = :run AND name = :name AND finding IS DISTINCT FROM :finding
                """)
                .setParameter("finding", finding)
                .setParameter("run", run)
                .setParameter("name", name.text())
                .executeUpdate();
    }

    /** Runs that have ended and have something to undo. */
    @Transactional(TxType.REQUIRES_NEW)
    List<UUID> endedWithOpenSteps() {
        List<?> runs = entityManager.createNativeQuery("""
                SELECT id FROM import_runs AS run WHERE status IN ('completed', 'failed', 'cancelled')
                    AND (EXISTS (SELECT FROM checklist_steps WHERE run_id = run.id AND state IN ('pending', 'active'))
                        OR EXISTS (SELECT FROM saved_webhooks WHERE run_id = run.id AND back_at IS NULL))
                """, UUID.class).getResultList();
        return runs.stream().map(UUID.class::cast).toList();
    }
}
