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

    /** When the last whole historical import began, which has stored everything anew. */
    private static final String LAST_IMPORT = """
            coalesce((SELECT max(created_at) FROM import_runs WHERE type = 'historical' AND NOT window_from_given
                AND window_to IS NULL AND cleared_at IS NULL), '-infinity')""";

    /** Whether a sample of all that has been stored since was compared with the other API, or most of a sample. */
    static final String SAMPLED = """
            EXISTS (SELECT FROM verifications AS sampling JOIN import_runs AS sampled ON sampled.id = sampling.run_id
                WHERE sampling.samples_all AND sampling.status <> 'running' AND sampled.cleared_at IS NULL
                    AND sampled.created_at >= %s
                    -- Of a workspace in which there is nothing to compare the other API has confirmed all.
                    AND 2 * (SELECT count(*) FROM discrepancies WHERE verification_id = sampling.id
                            AND check_name = 'witness' AND kind IN ('unavailable', 'accepted'))
                        < greatest((SELECT count(*) FROM verification_questions
                            WHERE verification_id = sampling.id AND sampled), 1))""".formatted(LAST_IMPORT);

    private static final String TESTIMONY = """
            SELECT run.api, run.witness, run.witness_obstacle, EXISTS (SELECT FROM import_runs
                    WHERE disagreed_at IS NOT NULL AND cleared_at IS NULL AND created_at >= %1$s) AS disagreed,
                coalesce(CAST(entry.value ->> 'checked' AS bigint), 0) AS compared,
                (SELECT count(*) FROM discrepancies WHERE verification_id = verifications.id AND check_name = 'witness'
                    AND kind <> 'newer') AS found,
                %2$s AND coalesce((SELECT lower_inf(read) FROM list_records WHERE list = 'messages'), false) AS whole
            FROM verifications JOIN import_runs AS run ON run.id = verifications.run_id
            LEFT JOIN LATERAL jsonb_array_elements(verifications.checks) AS entry ON entry.value ->> 'name' = :check
            WHERE verifications.status <> 'running' AND
            """.formatted(LAST_IMPORT, SAMPLED);

    private final EntityManager entityManager;

    Testimonies(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * That of the verification that ended the newest run; empty before the first. One that was asked for by hand speaks of
     * its own run only.
     */
    public Optional<Testimony> last() {
        return first(entityManager.createNativeQuery(TESTIMONY + """
                run.cleared_at IS NULL ORDER BY ends_run DESC, run.created_at DESC, verifications.id DESC LIMIT 1
                """, Testimony.class));
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
