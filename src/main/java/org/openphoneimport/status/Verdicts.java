package org.openphoneimport.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads what verifications found. Called within a {@link Snapshot}. */
@ApplicationScoped
class Verdicts {

    private static final int SHOWN = 100;

    private final EntityManager entityManager;
    private final ObjectMapper mapper;

    Verdicts(EntityManager entityManager, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.mapper = mapper;
    }

    /** The last one of a run, null when there was none. */
    @Nullable
    Verdict last(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, status, checked_at, CAST(checks AS text) AS checks,
                    (SELECT count(*) FROM discrepancies WHERE verification_id = verifications.id) AS discrepancies,
                    (SELECT count(*) FROM discrepancies
                        WHERE verification_id = verifications.id AND kind = 'unavailable') AS unavailable
                FROM verifications WHERE run_id = :run ORDER BY id DESC LIMIT 1
                """, Tuple.class).setParameter("run", run).getResultList();
        return rows.isEmpty() ? null : verdict((Tuple) rows.getFirst());
    }

    /** The last ones of many runs, in words. */
    Map<UUID, String> last(List<UUID> runs) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT DISTINCT ON (run_id) run_id, status FROM verifications WHERE run_id = ANY(:runs)
                ORDER BY run_id, id DESC
                """, Tuple.class).setParameter("runs", runs.toArray(UUID[]::new)).getResultList();
        var verdicts = new HashMap<UUID, String>();
        rows.forEach(row -> verdicts.put(((Tuple) row).get("run_id", UUID.class),
                Verdict.words(((Tuple) row).get("status", String.class))));
        return verdicts;
    }

    /** All of the last one of a run, for scripts; null when there was none. */
    @Nullable
    VerificationView view(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, status, checked_at, CAST(checks AS text) AS checks
                FROM verifications WHERE run_id = :run ORDER BY id DESC LIMIT 1
                """, Tuple.class).setParameter("run", run).getResultList();
        if (rows.isEmpty()) {
            return null;
        }
        var row = (Tuple) rows.getFirst();
        boolean running = row.get("status").equals("running");
        List<?> found = running ? List.of() : found(row.get("id", Long.class)).getResultList();
        return new VerificationView(row.get("status", String.class), running ? null : row.get("checked_at", Instant.class),
                json(row.get("checks", String.class)),
                found.stream().map(Tuple.class::cast)
                        .map(one -> new VerificationView.DiscrepancyView((String) one.get("kind"), (String) one.get("subject"),
                                (String) one.get("subject_id"), (String) one.get("finding")))
                        .toList());
    }

    private Query found(long verification) {
        return entityManager.createNativeQuery("""
                SELECT kind, subject, subject_id, finding FROM discrepancies WHERE verification_id = :verification
                ORDER BY gravity(kind), id
                """, Tuple.class).setParameter("verification", verification);
    }

    private Verdict verdict(Tuple row) {
        long more = row.get("discrepancies", Long.class) - SHOWN;
        return new Verdict(row.get("status", String.class), new Moment(row.get("checked_at", Instant.class)),
                checks(row.get("checks", String.class)), discrepancies(row.get("id", Long.class)),
                more <= 0 ? "" : Numbers.exact(more) + " more", row.get("unavailable", Long.class));
    }

    private List<Verdict.Discrepancy> discrepancies(long verification) {
        List<?> rows = found(verification).setMaxResults(SHOWN).getResultList();
        return rows.stream().map(Tuple.class::cast).map(row -> new Verdict.Discrepancy(row.get("kind", String.class),
                row.get("subject", String.class), Numbers.id(row.get("subject_id", String.class)),
                Numbers.shortened(row.get("finding", String.class)))).toList();
    }

    private List<Verdict.Check> checks(String json) {
        var checks = new ArrayList<Verdict.Check>();
        json(json).forEach(check -> checks.add(new Verdict.Check(
                Numbers.shortened(check.path("name").asText()), Numbers.exact(check.path("checked").asLong()),
                Numbers.exact(check.path("found").asLong()))));
        return checks;
    }

    private JsonNode json(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of checks: " + e.getOriginalMessage(), e);
        }
    }
}
