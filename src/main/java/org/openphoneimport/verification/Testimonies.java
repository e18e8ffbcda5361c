package org.openphoneimport.verification;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

/** Reads what the API that did not read a run said of it. Called within a transaction. */
@ApplicationScoped
public class Testimonies {

    private static final String TESTIMONY = """
            SELECT run.api, run.witness, run.witness_obstacle, run.disagreed_at IS NOT NULL AS disagreed,
                coalesce(CAST(entry.value ->> 'checked' AS bigint), 0) AS compared,
                coalesce(CAST(entry.value ->> 'found' AS bigint), 0) AS found
            FROM verifications JOIN import_runs AS run ON run.id = verifications.run_id
            LEFT JOIN LATERAL jsonb_array_elements(verifications.checks) AS entry ON entry.value ->> 'name' = :check
            WHERE verifications.status <> 'running' AND
            """;

    private final EntityManager entityManager;

    Testimonies(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** That of the last verification that speaks of what is stored now; empty before the first. */
    public Optional<Testimony> last() {
        return first(entityManager.createNativeQuery(
                TESTIMONY + "run.cleared_at IS NULL ORDER BY verifications.id DESC LIMIT 1", Testimony.class));
    }

    /** That of a run's verification that compared most; empty before its first. */
    public Optional<Testimony> of(UUID run) {
        return first(entityManager.createNativeQuery(
                TESTIMONY + "run.id = :run ORDER BY compared DESC, verifications.id DESC LIMIT 1", Testimony.class)
                .setParameter("run", run));
    }

    private static Optional<Testimony> first(Query query) {
        List<?> rows = query.setParameter("check", Check.WITNESS.title()).getResultList();
        return rows.stream().map(Testimony.class::cast).findFirst();
    }
}
