package org.openphoneimport.status;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.verification.Check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads what verifications found. Called within a {@link Snapshot}. */
@ApplicationScoped
public class Verdicts {

    private static final int SHOWN = 100;
    private static final int SHOWN_UNAVAILABLE = 20;
    private static final List<String> FAILING = List.of("missing", "different");
    private static final List<String> KINDS = List.of("missing", "different", "unavailable", "accepted", "waiting", "newer",
            "absent");

    private final EntityManager entityManager;
    private final ObjectMapper mapper;

    Verdicts(EntityManager entityManager, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.mapper = mapper;
    }

    @RegisterForReflection
    private record Last(long id, String status, Instant checkedAt, String checks) {
    }

    /** The last one of a run, null when there was none. */
    public @Nullable Verification last(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, status, checked_at, CAST(checks AS text) AS checks
                FROM verifications WHERE run_id = :run ORDER BY id DESC LIMIT 1
                """, Last.class).setParameter("run", run).getResultList();
        return rows.isEmpty() ? null : verification((Last) rows.getFirst());
    }

    @RegisterForReflection
    private record OutcomeRow(UUID runId, String status, long missing, long different, long open) {
    }

    /**
     * What the last one of a run came to.
     *
     * @param status {@code running}, {@code clean} or {@code discrepancies}
     * @param missing how many are not stored
     * @param different how many are stored otherwise than they were received
     * @param open how many OpenPhone refuses, or has not given yet
     */
    public record Outcome(String status, long missing, long different, long open) {
    }

    /** What the last ones of many runs came to. */
    public Map<UUID, Outcome> last(List<UUID> runs) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT DISTINCT ON (run_id) run_id, status, found.missing, found.different, found.open
                FROM verifications
                CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE kind = 'missing') AS missing,
                        count(*) FILTER (WHERE kind = 'different') AS different,
                        count(*) FILTER (WHERE kind IN ('unavailable', 'waiting')) AS open
                    FROM discrepancies WHERE verification_id = verifications.id) AS found
                WHERE run_id = ANY(:runs)
                ORDER BY run_id, id DESC
                """, OutcomeRow.class).setParameter("runs", runs.toArray(UUID[]::new)).getResultList();
        var outcomes = new HashMap<UUID, Outcome>();
        rows.stream().map(OutcomeRow.class::cast).forEach(row -> outcomes.put(row.runId(), new Outcome(
                row.status(), row.missing(), row.different(), row.open())));
        return outcomes;
    }

    /** All of the last one of a run, for scripts; null when there was none. */
    public @Nullable VerificationView view(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, status, checked_at, CAST(checks AS text) AS checks
                FROM verifications WHERE run_id = :run ORDER BY id DESC LIMIT 1
                """, Last.class).setParameter("run", run).getResultList();
        if (rows.isEmpty()) {
            return null;
        }
        var row = (Last) rows.getFirst();
        boolean running = row.status().equals("running");
        return new VerificationView(row.status(), running ? null : row.checkedAt(),
                checks(row.checks()), running ? List.of() : views(found(row.id(), KINDS)));
    }

    @RegisterForReflection
    private record FoundRow(String kind, String subject, String subjectId, String finding,
            @Nullable String conversation, @Nullable String party, String[] numbers) {
    }

    private Query found(long verification, List<String> kinds) {
        return entityManager.createNativeQuery("""
                SELECT about.kind, about.subject, about.subject_id, about.finding, %s FROM (
                    SELECT * FROM discrepancies WHERE verification_id = :verification AND kind = ANY(:kinds)
                    ORDER BY gravity(kind), id
                ) AS about %s ORDER BY gravity(about.kind), about.id
                """.formatted(Parties.COLUMNS, Parties.JOIN), FoundRow.class).setParameter("verification", verification)
                .setParameter("kinds", kinds.toArray(String[]::new));
    }

    @RegisterForReflection
    private record CountRow(String kind, String checkName, long number) {
    }

    private Verification verification(Last row) {
        long id = row.id();
        List<?> counts = entityManager.createNativeQuery("""
                SELECT kind, check_name, count(*) AS number FROM discrepancies WHERE verification_id = :verification
                GROUP BY kind, check_name
                """, CountRow.class).setParameter("verification", id).getResultList();
        var kinds = new HashMap<String, Long>();
        var failing = new HashMap<String, Long>();
        counts.stream().map(CountRow.class::cast).forEach(count -> {
            long number = count.number();
            kinds.merge(count.kind(), number, Long::sum);
            if (FAILING.contains(count.kind())) {
                failing.merge(title(count.checkName()), number, Long::sum);
            }
        });
        return new Verification(row.status(), row.checkedAt(),
                checks(row.checks()), failing, kinds, views(found(id, FAILING).setMaxResults(SHOWN)),
                views(found(id, List.of("unavailable")).setMaxResults(SHOWN_UNAVAILABLE)));
    }

    /** A check as its verdict names it. */
    private static String title(String name) {
        return Arrays.stream(Check.values()).filter(check -> check.text().equals(name)).map(Check::title).findFirst()
                .orElse("");
    }

    private static List<VerificationView.DiscrepancyView> views(Query found) {
        List<?> rows = found.getResultList();
        return rows.stream().map(FoundRow.class::cast)
                .map(row -> new VerificationView.DiscrepancyView(row.kind(), row.subject(), row.subjectId(),
                        row.finding(), Parties.of(row.conversation(), row.party(), row.numbers())))
                .toList();
    }

    private List<VerificationCheck> checks(String json) {
        try {
            return List.of(mapper.readValue(json, VerificationCheck[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of checks: " + e.getOriginalMessage(), e);
        }
    }
}
