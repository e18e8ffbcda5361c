package org.openphoneimport.verification;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.IssueLog;

/** An operator accepts not to have what OpenPhone does not give. It holds until OpenPhone gives it, or the data are cleared. */
@ApplicationScoped
public class Acceptance {

    private final EntityManager entityManager;
    private final Discrepancies discrepancies;
    private final IssueLog issues;
    private final EventLog events;

    Acceptance(EntityManager entityManager, Discrepancies discrepancies, IssueLog issues, EventLog events) {
        this.entityManager = entityManager;
        this.discrepancies = discrepancies;
        this.issues = issues;
        this.events = events;
    }

    /** Which of these ids a verification did not find to be unavailable. */
    @Transactional
    public List<String> notUnavailable(long verification, Collection<String> ids) {
        List<?> others = entityManager.createNativeQuery("""
                SELECT wanted.id FROM unnest(CAST(:ids AS text[])) AS wanted(id)
                WHERE NOT EXISTS (SELECT FROM discrepancies WHERE verification_id = :verification
                    AND kind IN ('unavailable', 'accepted') AND subject_id = wanted.id)
                """, String.class)
                .setParameter("ids", ids.toArray(String[]::new))
                .setParameter("verification", verification)
                .getResultList();
        return others.stream().map(String.class::cast).toList();
    }

    /**
     * Accepts what a run's verification found to be unavailable. Messages and calls of a conversation are
     * refused, and accepted, apart: a gap is unavailable only if OpenPhone refuses just what is lacking.
     *
     * @param ids what of it; all where it is empty
     * @param by the operator's name
     * @param reason the operator's word why
     * @return how many
     */
    @Transactional
    public int accept(UUID run, long verification, Collection<String> ids, String by, String reason) {
        int accepted = entityManager.createNativeQuery("""
                INSERT INTO accepted_gaps AS gap (subject, subject_id, finding, accepted_by, reason)
                SELECT subject, subject_id, finding, :by, :reason FROM discrepancies
                WHERE verification_id = :verification AND kind = 'unavailable' AND (:all OR subject_id = ANY(:ids))
                ON CONFLICT (subject, subject_id) DO UPDATE SET finding = excluded.finding,
                    accepted_by = excluded.accepted_by, reason = excluded.reason, accepted_at = excluded.accepted_at
                """)
                .setParameter("by", by)
                .setParameter("reason", reason)
                .setParameter("verification", verification)
                .setParameter("all", ids.isEmpty())
                .setParameter("ids", ids.toArray(String[]::new))
                .executeUpdate();
        if (accepted > 0) {
            discrepancies.accept(verification);
            issues.resolveAccepted(run);
            events.add(run, EventLog.Level.INFO, "verification",
                    "%s accepted that %d are not here: %s".formatted(by, accepted, reason));
        }
        return accepted;
    }
}
