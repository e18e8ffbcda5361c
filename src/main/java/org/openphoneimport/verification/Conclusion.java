package org.openphoneimport.verification;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.EventLog;

/** Ends a verification: all that can be compared without asking is compared, and the verdict is written. */
@ApplicationScoped
class Conclusion {

    private final EntityManager entityManager;
    private final Verifications verifications;
    private final Checks checks;
    private final CheckFigures figures;
    private final Discrepancies discrepancies;
    private final EventLog events;

    Conclusion(EntityManager entityManager, Verifications verifications, Checks checks, CheckFigures figures,
            Discrepancies discrepancies,
            EventLog events) {
        this.entityManager = entityManager;
        this.verifications = verifications;
        this.checks = checks;
        this.figures = figures;
        this.discrepancies = discrepancies;
        this.events = events;
    }

    @Transactional(TxType.REQUIRES_NEW)
    Optional<VerificationCheckpoint> conclude(VerificationClaim claim, VerificationCheckpoint at) {
        var moved = verifications.move(claim, at, VerificationCheckpoint.at(VerificationCheckpoint.Stage.DONE));
        if (moved.isPresent()) {
            checks.run(claim);
            discrepancies.accept(claim.id());
            write(claim, figures.of(claim));
            verifications.requireWanted(claim);
        }
        return moved;
    }

    /** Whether everything is here stays unknown, so it does not count as being here. */
    @Transactional(TxType.REQUIRES_NEW)
    void giveUp(VerificationClaim claim, String why) {
        if (verifications.renew(claim)) {
            discrepancies.add(claim.id(), List.of(Discrepancy.of(Discrepancy.Kind.MISSING, "verification",
                    String.valueOf(claim.id()), "It could not be verified that everything is here. " + why, null,
                    Check.CONVERSATIONS)));
            verifications.end(claim);
            write(claim, "[]");
        }
    }

    private void write(VerificationClaim claim, String figures) {
        var finding = failures(claim.id());
        verifications.write(claim, figures, finding);
        events.add(claim.run(), finding.isEmpty() ? EventLog.Level.INFO : EventLog.Level.WARNING, "verification",
                finding.isEmpty() ? "Verified: nothing is missing or different" : "Verified: " + finding);
    }

    /** {@code 40 messages are missing, 2 calls are different}; empty when nothing is. */
    private String failures(long verification) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT kind, subject, count(*) AS number, min(finding) AS finding FROM discrepancies
                WHERE verification_id = :verification AND kind IN ('missing', 'different')
                GROUP BY kind, subject ORDER BY kind DESC, count(*) DESC, subject
                """, Tuple.class).setParameter("verification", verification).getResultList();
        return rows.stream().map(Tuple.class::cast).map(row -> {
            if ("verification".equals(row.get("subject"))) {
                return (String) row.get("finding");
            }
            long number = ((Number) row.get("number")).longValue();
            var subject = (String) row.get("subject");
            return number == 1 ? "1 %s is %s".formatted(subject, row.get("kind"))
                    : "%d %s are %s".formatted(number, plural(subject), row.get("kind"));
        }).collect(Collectors.joining(", "));
    }

    private static String plural(String subject) {
        if (subject.equals("media")) {
            return "media files";
        }
        return subject.endsWith("y") ? subject.substring(0, subject.length() - 1) + "ies" : subject + "s";
    }

    @Transactional(TxType.REQUIRES_NEW)
    @Nullable
    Verdict verdictOfEnd(UUID run) {
        return last(run, "AND ends_run").orElse(null);
    }

    @Transactional(TxType.REQUIRES_NEW)
    Optional<Verdict> lastVerdict(UUID run) {
        return last(run, "");
    }

    private Optional<Verdict> last(UUID run, String which) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, status, finding, (
                    SELECT 'Of ' || (SELECT count(*) FROM verification_questions
                            WHERE verification_id = verifications.id AND sampled)
                        || ' conversations that were read through both, ' || count(DISTINCT conversation_id)
                        || ' differ. Messages or calls that v1 has and 2026-03-30 lacks: ' || count(*) FILTER
                            (WHERE kind <> 'absent') || '; that v1 lacks: ' || count(*) FILTER (WHERE kind = 'absent')
                    FROM discrepancies WHERE verification_id = verifications.id AND check_name = 'witness'
                        AND kind IN ('missing', 'absent') HAVING count(*) > 0) AS disagreement
                FROM verifications WHERE run_id = :run %s ORDER BY id DESC LIMIT 1
                """.formatted(which), Tuple.class).setParameter("run", run).getResultList();
        return rows.stream().map(Tuple.class::cast).filter(row -> !row.get("status").equals("running")).findFirst()
                .map(row -> new Verdict(row.get("id", Long.class), row.get("status").equals("clean"),
                        (String) row.get("disagreement"), (String) row.get("finding")));
    }
}
