package org.openphoneimport.verification;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.EventLog;

import io.quarkus.runtime.annotations.RegisterForReflection;

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

    @RegisterForReflection
    private record FailureRow(String kind, boolean unread, String subject, long number, String finding) {
    }

    /** {@code 40 messages are missing, 3 conversations could not be read, 2 calls are different}; empty when nothing is. */
    private String failures(long verification) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT kind, unread, subject, count(*) AS number, min(finding) AS finding
                FROM discrepancies CROSS JOIN LATERAL (SELECT kind = 'missing' AND check_name = :readings AS unread) AS reading
                WHERE verification_id = :verification AND kind IN ('missing', 'different')
                GROUP BY kind, unread, subject ORDER BY kind DESC, unread, count(*) DESC, subject
                """, FailureRow.class).setParameter("verification", verification)
                .setParameter("readings", Check.READINGS.text())
                .getResultList();
        return rows.stream().map(FailureRow.class::cast).map(row -> {
            if ("verification".equals(row.subject())) {
                return row.finding();
            }
            long number = row.number();
            // A slice of the workspace's time is known to us alone.
            var subject = row.subject().equals("slice") ? "time range" : row.subject();
            var state = row.unread() ? "could not be read" : (number == 1 ? "is " : "are ") + row.kind();
            return "%d %s %s".formatted(number, number == 1 ? subject : plural(subject), state);
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

    @RegisterForReflection
    private record LastRow(long id, String status, @Nullable String finding, @Nullable String disagreement) {
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
                """.formatted(which), LastRow.class).setParameter("run", run).getResultList();
        return rows.stream().map(LastRow.class::cast).filter(row -> !row.status().equals("running")).findFirst()
                .map(row -> new Verdict(row.id(), row.status().equals("clean"), row.disagreement(), row.finding()));
    }
}
