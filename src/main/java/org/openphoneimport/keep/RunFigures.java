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

    /** Hours since the last completed run of any type; where none is, since the first one began; where nothing began, 0. */
    private Map<String, Number> read() {
        var row = (Tuple) entityManager.createNativeQuery("""
                SELECT count(*) FILTER (WHERE status IN ('pending', 'running', 'paused', 'verifying')) AS "ActiveRuns",
                    coalesce(CAST((array_agg(status ORDER BY created_at DESC))[1] = 'failed' AS integer), 0) AS "LastRunFailed",
                    coalesce(extract(epoch FROM clock_timestamp() - coalesce(
                        max(completed_at) FILTER (WHERE status = 'completed'), min(created_at))) / 3600, 0)
                        AS "HoursSinceImport",
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
