package org.openphoneimport.keep;

import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

import org.openphoneimport.invocation.Figures;

import io.quarkus.narayana.jta.QuarkusTransaction;

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

    /**
     * They tell of the workspace, not of a run: what is missing while no run is about to bring it, and the hours since when the
     * database holds it; where no conversations have been listed, since the first run began; where nothing began, 0.
     */
    private Map<String, Number> read() {
        var row = (Tuple) entityManager.createNativeQuery("""
                SELECT count(*) FILTER (WHERE status IN ('pending', 'running', 'paused', 'verifying')) AS "ActiveRuns",
                    CASE WHEN bool_or(status IN ('pending', 'running', 'paused', 'verifying')) THEN 0
                        ELSE (SELECT count(*) FROM workspace_gaps WHERE kind = 'missing') END AS "Missing",
                    coalesce(extract(epoch FROM clock_timestamp() - coalesce(
                        (SELECT until FROM workspace_listed), min(created_at))) / 3600, 0) AS "HoursSinceImport",
                    (SELECT count(*) FROM dead_letters WHERE sent_back_at IS NULL) AS "DeadLetters",
                    (SELECT coalesce(sum(granted), 0) FROM rate_limits) AS "RequestsGranted",
                    (SELECT coalesce(sum(refused), 0) FROM rate_limits) AS "RequestsRefused"
                FROM import_runs
                """, Tuple.class).getSingleResult();
        var read = new TreeMap<String, Number>();
        row.getElements().forEach(element -> read.put(element.getAlias(), (Number) row.get(element)));
        return read;
    }
}
