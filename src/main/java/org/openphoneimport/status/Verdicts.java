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
import jakarta.persistence.Tuple;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.verification.Check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

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

    /** The last one of a run, null when there was none. */
    public @Nullable Verification last(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, status, checked_at, CAST(checks AS text) AS checks
                FROM verifications WHERE run_id = :run ORDER BY id DESC LIMIT 1
                """, Tuple.class).setParameter("run", run).getResultList();
        return rows.isEmpty() ? null : verification((Tuple) rows.getFirst());
    }

    /**
     * What the last one of a run came to.
     *
     * @param status {@code running}, {@code clean} or {@code discrepancies}
     * @param missing how many are not stored
     * @param different how many are stored otherwise than they were received
     */
    public record Outcome(String status, long missing, long different) {
    }

    /** What the last ones of many runs came to. */
    public Map<UUID, Outcome> last(List<UUID> runs) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT DISTINCT ON (run_id) run_id, status, found.missing, found.different FROM verifications
                CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE kind = 'missing') AS missing,
                        count(*) FILTER (WHERE kind = 'different') AS different
                    FROM discrepancies WHERE verification_id = verifications.id) AS found
                WHERE run_id = ANY(:runs)
                ORDER BY run_id, id DESC
                """, Tuple.class).setParameter("runs", runs.toArray(UUID[]::new)).getResultList();
        var outcomes = new HashMap<UUID, Outcome>();
        rows.stream().map(Tuple.class::cast).forEach(row -> outcomes.put(row.get("run_id", UUID.class), new Outcome(
                row.get("status", String.class), row.get("missing", Long.class), row.get("different", Long.class))));
        return outcomes;
    }

    /** All of the last one of a run, for scripts; null when there was none. */
    public @Nullable VerificationView view(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, status, checked_at, CAST(checks AS text) AS checks
                FROM verifications WHERE run_id = :run ORDER BY id DESC LIMIT 1
                """, Tuple.class).setParameter("run", run).getResultList();
        if (rows.isEmpty()) {
            return null;
        }
        var row = (Tuple) rows.getFirst();
        boolean running = row.get("status").equals("running");
        return new VerificationView(row.get("status", String.class), running ? null : row.get("checked_at", Instant.class),
                checks(row.get("checks", String.class)), running ? List.of() : views(found(row.get("id", Long.class), KINDS)));
    }

    private Query found(long verification, List<String> kinds) {
        return entityManager.createNativeQuery("""
                SELECT about.kind, about.subject, about.subject_id, about.finding, %s FROM (
                    SELECT * FROM discrepancies WHERE verification_id = :verification AND kind = ANY(:kinds)
                    ORDER BY gravity(kind), id
                ) AS about %s ORDER BY gravity(about.kind), about.id
                """.formatted(Parties.COLUMNS, Parties.JOIN), Tuple.class).setParameter("verification", verification)
                .setParameter("kinds", kinds.toArray(String[]::new));
    }

    private Verification verification(Tuple row) {
        long id = row.get("id", Long.class);
        List<?> counts = entityManager.createNativeQuery("""
                SELECT kind, check_name, count(*) AS number FROM discrepancies WHERE verification_id = :verification
                GROUP BY kind, check_name
                """, Tuple.class).setParameter("verification", id).getResultList();
        var kinds = new HashMap<String, Long>();
        var failing = new HashMap<String, Long>();
        counts.stream().map(Tuple.class::cast).forEach(count -> {
            long number = count.get("number", Long.class);
            kinds.merge(count.get("kind", String.class), number, Long::sum);
            if (FAILING.contains(count.get("kind", String.class))) {
                failing.merge(title(count.get("check_name", String.class)), number, Long::sum);
            }
        });
        return new Verification(row.get("status", String.class), row.get("checked_at", Instant.class),
                checks(row.get("checks", String.class)), failing, kinds, views(found(id, FAILING).setMaxResults(SHOWN)),
                views(found(id, List.of("unavailable")).setMaxResults(SHOWN_UNAVAILABLE)));
    }

    /** A check as its verdict names it. */
    private static String title(String name) {
        return Arrays.stream(Check.values()).filter(check -> check.text().equals(name)).map(Check::title).findFirst()
                .orElse("");
    }

    private static List<VerificationView.DiscrepancyView> views(Query found) {
        List<?> rows = found.getResultList();
        return rows.stream().map(Tuple.class::cast)
                .map(row -> new VerificationView.DiscrepancyView(row.get("kind", String.class),
                        row.get("subject", String.class), row.get("subject_id", String.class),
                        row.get("finding", String.class), Parties.of(row)))
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
