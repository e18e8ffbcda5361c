package org.openphoneimport.keep;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** What an operator can do with a run. All of it takes effect at the next page that a worker wants to read. */
@ApplicationScoped
public class Actions {

    private final EntityManager entityManager;
    private final Runs runs;
    private final IssueLog issues;
    private final EventLog events;
    private final Keeper keeper;

    Actions(EntityManager entityManager, Runs runs, IssueLog issues, EventLog events, Keeper keeper) {
        this.entityManager = entityManager;
        this.runs = runs;
        this.issues = issues;
        this.events = events;
        this.keeper = keeper;
    }

    /** Stops a running run for now. */
    public void pause(UUID run) {
        change(run, EnumSet.of(RunStatus.RUNNING), RunStatus.PAUSED, "Paused by an operator");
    }

    /** Goes on with a paused run. */
    public void resume(UUID run) {
        change(run, EnumSet.of(RunStatus.PAUSED), RunStatus.RUNNING, null);
        keeper.keep();
    }

    /** Gives a run up for good. */
    public void cancel(UUID run) {
        change(run, RunStatus.CANCELLED.predecessors(), RunStatus.CANCELLED, "Cancelled by an operator");
    }

    /** Tries everything again that is missing, in a run that has failed. */
    public void retry(UUID run) {
        requireNoOtherActive(run);
        QuarkusTransaction.requiringNew().run(() -> {
            change(run, EnumSet.of(RunStatus.FAILED), RunStatus.RUNNING, null);
            reopen(run, null);
            reopenCalls(run, null);
            reopenDirectory(run, null);
        });
        keeper.keep();
    }

    /** Tries again what one issue of a run is about; the run may be running or have failed. */
    public void retryIssue(UUID run, long issue) {
        var status = require(run).status();
        if (status != RunStatus.RUNNING && status != RunStatus.FAILED) {
            throw new ActionRefusedException("Nothing can be tried again while the run is " + status.text(), false);
        }
        requireNoOtherActive(run);
        QuarkusTransaction.requiringNew().run(() -> {
            if (status == RunStatus.FAILED) {
                change(run, EnumSet.of(RunStatus.FAILED), RunStatus.RUNNING, null);
            }
            if (reopen(run, issue) + reopenCalls(run, issue) + reopenDirectory(run, issue) == 0) {
                throw new ActionRefusedException("Issue " + issue + " names nothing that could be read again", false);
            }
        });
        keeper.keep();
    }

    /** The status that a run has now, such as {@code paused}. */
    public String status(UUID run) {
        return require(run).status;
    }

    /** Conversations that failed are open again, and so are their batches; returns how many. */
    private int reopen(UUID run, @Nullable Long issue) {
        List<?> reopened = entityManager.createNativeQuery("""
                WITH reopened AS (
                    UPDATE import_conversations SET status = 'pending', attempts = 0, completed_at = NULL
                    WHERE run_id = :run AND status = 'failed' AND (CAST(:issue AS bigint) IS NULL
                        OR coalesce(same_thread_as, conversation_id) = (
                            SELECT subject_id FROM import_issues WHERE id = CAST(:issue AS bigint) AND run_id = :run))
                    RETURNING conversation_id, batch_id
                ), resolved AS (
                    UPDATE import_issues SET resolved_at = clock_timestamp()
                    WHERE run_id = :run AND subject = 'conversation' AND level = 'error'
                        AND subject_id IN (SELECT conversation_id FROM reopened)
                ), sent AS (
                    UPDATE import_batches SET status = 'pending', attempts = 0, idle_returns = 0, sent_at = NULL,
                        due_at = clock_timestamp(), completed_at = NULL
                    WHERE id IN (SELECT batch_id FROM reopened) AND status IN ('done', 'failed')
                ), counted AS (
                    UPDATE import_runs SET processed_conversations = processed_conversations - (SELECT count(*) FROM reopened),
                        total_messages = NULL, total_calls = NULL
                    WHERE id = :run
                )
                SELECT conversation_id FROM reopened
                """, String.class).setParameter("run", run).setParameter("issue", issue).getResultList();
        issues.refresh(run);
        events.add(run, EventLog.Level.INFO, "status", "Trying " + reopened.size() + " conversations again");
        return reopened.size();
    }

    /** Parts of calls that failed are to be asked for again; keep-runs cuts them into batches. */
    private int reopenCalls(UUID run, @Nullable Long issue) {
        int reopened = entityManager.createNativeQuery("""
                UPDATE call_parts SET status = 'pending', batch_id = NULL, attempts = 0
                WHERE run_id = :run AND status = 'failed' AND (CAST(:issue AS bigint) IS NULL OR call_id = (
                    SELECT subject_id FROM import_issues
                    WHERE id = CAST(:issue AS bigint) AND run_id = :run AND subject = 'call'))
                """).setParameter("run", run).setParameter("issue", issue).executeUpdate();
        resolve(run, "call", issue);
        return reopened;
    }

    /** A list of the directory that could not be read makes the listing begin again. */
    private int reopenDirectory(UUID run, @Nullable Long issue) {
        int reopened = resolve(run, "list", issue);
        if (reopened > 0) {
            entityManager.createNativeQuery("""
                    UPDATE import_runs SET listing_stage = 'users', listing_token = NULL, listed_at = NULL,
                        listing_started_at = NULL, listing_failures = 0
                    WHERE id = :run AND listing_stage = 'done'
                    """).setParameter("run", run).executeUpdate();
        }
        return reopened;
    }

    private int resolve(UUID run, String subject, @Nullable Long issue) {
        int resolved = entityManager.createNativeQuery("""
                UPDATE import_issues SET resolved_at = clock_timestamp()
                WHERE run_id = :run AND subject = :subject AND level = 'error' AND resolved_at IS NULL
                    AND (CAST(:issue AS bigint) IS NULL OR id = CAST(:issue AS bigint))
                """).setParameter("run", run).setParameter("subject", subject).setParameter("issue", issue).executeUpdate();
        issues.refresh(run);
        return resolved;
    }

    private void change(UUID run, Set<RunStatus> from, RunStatus to, @Nullable String reason) {
        var status = require(run).status();
        if (!runs.change(run, from, to, reason)) {
            throw new ActionRefusedException("The run is %s; only one that is %s can become %s".formatted(status.text(),
                    from.stream().sorted().map(RunStatus::text).collect(Collectors.joining(" or ")), to.text()), false);
        }
    }

    private static void requireNoOtherActive(UUID run) {
        QuarkusTransaction.requiringNew().call(Run::active).filter(active -> !active.id.equals(run)).ifPresent(active -> {
            throw new ActionRefusedException("Run " + active.id + " is active; wait for its end or cancel it", false);
        });
    }

    private static Run require(UUID run) {
        return QuarkusTransaction.requiringNew().call(() -> Run.withId(run))
                .orElseThrow(() -> new ActionRefusedException("There is no run " + run, true));
    }
}
