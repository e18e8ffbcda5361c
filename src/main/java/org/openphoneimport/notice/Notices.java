package org.openphoneimport.notice;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Notes what is to be told, in the transaction in which it happens. */
@ApplicationScoped
public class Notices {

    private static final String OF_RUN = """
            INSERT INTO notices (kind, run_id, figures)
            SELECT CASE WHEN :kind <> 'ended' THEN :kind
                    WHEN run.status = 'completed' AND issue.open + exception.open > 0 THEN 'run.completed-with-exceptions'
                    ELSE 'run.' || run.status END,
                run.id,
                jsonb_build_object('type', run.type, 'status', run.status, 'reason', run.reason, 'windowFrom', run.window_from,
                    'windowTo', run.window_to, 'startedAt', run.started_at, 'endedAt', run.completed_at,
                    'conversations', run.processed_conversations, 'messages', run.processed_messages,
                    'calls', run.processed_calls, 'files', run.processed_media, 'errors', issue.open, 'unavailable', exception.open)
            FROM import_runs AS run
            CROSS JOIN LATERAL (SELECT count(*) AS open FROM import_issues
                WHERE run_id = run.id AND level = 'error' AND resolved_at IS NULL) AS issue
            CROSS JOIN LATERAL (SELECT count(*) AS open FROM discrepancies
                WHERE kind IN ('unavailable', 'accepted') AND verification_id = (SELECT max(id) FROM verifications
                    WHERE run_id = run.id AND status <> 'running')) AS exception
            WHERE run.id = :run
            """;

    private final EntityManager entityManager;

    Notices(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** A run has ended; its status says how. */
    @Transactional(TxType.MANDATORY)
    public void noteEnd(UUID run) {
        note(run, "ended");
    }

    /** A run stands still until a person has done something; its reason says what. */
    @Transactional(TxType.MANDATORY)
    public void noteWait(UUID run) {
        note(run, NoticeKind.WAITING.text());
    }

    private void note(UUID run, String kind) {
        entityManager.createNativeQuery(OF_RUN).setParameter("run", run).setParameter("kind", kind).executeUpdate();
    }

    /** An operator wants to see whether notices arrive. */
    @Transactional
    public void noteTest() {
        entityManager.createNativeQuery("INSERT INTO notices (kind) VALUES ('test')").executeUpdate();
    }

    /** Forgets what is old. */
    @Transactional
    void forgetOld() {
        entityManager.createNativeQuery("DELETE FROM notices WHERE noted_at < clock_timestamp() - interval '90 days'")
                .executeUpdate();
    }

    /**
     * Notes that the database is older than it may be, once for each time that this has passed: the same age that the alarm in
     * AWS watches. A run that goes on will bring what is lacking; one that is paused will not.
     *
     * @param allowed how old it may be
     */
    @Transactional
    public void noteOverdue(Duration allowed) {
        entityManager
                .createNativeQuery(
                        """
                                INSERT INTO notices (kind, lapse, figures)
                                SELECT 'run.overdue', to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' x ' || times,
                                    jsonb_build_object('since', to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'hours',
                                        floor(extract(epoch FROM clock_timestamp() - since) / 3600))
                                FROM (
                                    SELECT since, floor(extract(epoch FROM clock_timestamp() - since) / :allowed) AS times
                                    FROM (
                                        SELECT coalesce(greatest((SELECT until FROM workspace_listed), max(cleared_at)), min(created_at)) AS since
                                        FROM import_runs
                                        HAVING NOT bool_or(status IN ('pending', 'running', 'verifying'))
                                    ) AS held
                                ) AS lapse
                                WHERE lapse.times >= 1
                                ON CONFLICT DO NOTHING
                                """)
                .setParameter("allowed", allowed.toSeconds()).executeUpdate();
    }
}
