package org.openphoneimport.keep;

import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.openphoneimport.invocation.Figures;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What alarms watch, written each minute. A figure that is missing alarms as well: then keep-runs does not run. */
@ApplicationScoped
class RunFigures {

    private final EntityManager entityManager;
    private final Figures figures;

    RunFigures(EntityManager entityManager, Figures figures) {
        this.entityManager = entityManager;
        this.figures = figures;
    }

    void write() {
        if (figures.areWanted()) {
            figures.write(QuarkusTransaction.requiringNew().call(this::read));
        }
    }

    @RegisterForReflection
    private record Row(Number activeRuns, Number missing, Number hours, Number deadLetters, Number granted, Number refused) {
    }

    /**
     * They tell of the workspace, not of a run: what is missing while no run is about to bring it, and the hours since when the
     * database holds it; where no conversations have been listed, since the first run began; where nothing began, 0.
     */
    private Map<String, Number> read() {
        var row = (Row) entityManager.createNativeQuery("""
                SELECT count(*) FILTER (WHERE status IN ('pending', 'running', 'paused', 'verifying')) AS active_runs,
                    CASE WHEN bool_or(status IN ('pending', 'running', 'paused', 'verifying')) THEN 0
                        ELSE (SELECT count(*) FROM workspace_gaps WHERE kind = 'missing') END AS missing,
                    coalesce(extract(epoch FROM clock_timestamp() - coalesce(
                        (SELECT until FROM workspace_listed), min(created_at))) / 3600, 0) AS hours,
                    (SELECT count(*) FROM dead_letters WHERE sent_back_at IS NULL) AS dead_letters,
                    (SELECT coalesce(sum(granted), 0) FROM rate_limits) AS granted,
                    (SELECT coalesce(sum(refused), 0) FROM rate_limits) AS refused
                FROM import_runs
                """, Row.class).getSingleResult();
        return new TreeMap<>(Map.of("ActiveRuns", row.activeRuns(), "Missing", row.missing(), "HoursSinceImport", row.hours(),
                "DeadLetters", row.deadLetters(), "RequestsGranted", row.granted(), "RequestsRefused", row.refused()));
    }
}
