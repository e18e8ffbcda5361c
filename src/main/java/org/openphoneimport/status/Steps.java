package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

/** Reads the checklists of runs. Called within a {@link Snapshot}. */
@ApplicationScoped
public class Steps {

    private final EntityManager entityManager;

    Steps(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** In their order; none for a run without a checklist. */
    public List<StepView> of(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT name, state, finding, changed_at FROM checklist_steps WHERE run_id = :run ORDER BY position
                """, Tuple.class).setParameter("run", run).getResultList();
        return rows.stream().map(Tuple.class::cast).map(row -> new StepView(row.get("name", String.class),
                row.get("state", String.class), row.get("finding", String.class), row.get("changed_at", Instant.class)))
                .toList();
    }
}
