package org.openphoneimport.status;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

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
                """, StepView.class).setParameter("run", run).getResultList();
        return rows.stream().map(StepView.class::cast).toList();
    }
}
