package org.openphoneimport.keep;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.media.Media;
import org.openphoneimport.media.MediaRetry;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;
import org.openphoneimport.verification.Repair;
import org.openphoneimport.verification.Verifier;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** What an operator can do with a run. All of it takes effect at the next page that a worker wants to read. */
@ApplicationScoped
public class Actions {

    private final EntityManager entityManager;
    private final Runs runs;
    private final IssueLog issues;
    private final EventLog events;
    private final Keeper keeper;
    private final MediaRetry media;
    private final Verifier verifier;
    private final Repair repair;

    Actions(EntityManager entityManager, Runs runs, IssueLog issues, EventLog events, Keeper keeper, MediaRetry media,
            Verifier verifier, Repair repair) {
        this.entityManager = entityManager;
        this.runs = runs;
        this.issues = issues;
        this.events = events;
        this.keeper = keeper;
        this.media = media;
        this.verifier = verifier;
        this.repair = repair;
    }

    /** Stops a running run for now. */
    public void pause(UUID run) {
        change(run, EnumSet.of(RunStatus.RUNNING), RunStatus.PAUSED, "Paused by an operator");
    }

    /** Goes on with a paused run. */
    public void resume(UUID run) {
        QuarkusTransaction.requiringNew().run(() -> {
            forgetRecords(run);
            change(run, EnumSet.of(RunStatus.PAUSED), RunStatus.RUNNING, null);
        });
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
            reopen(run, null);
            reopenCalls(run, null);
            reopenDirectory(run, null);
            media.reopenFailed(run);
            forgetRecords(run);
            change(run, EnumSet.of(RunStatus.FAILED), RunStatus.RUNNING, null);
        });
        keeper.keep();
    }

    /** Tries again what one issue of a run is about; the run may be running or have failed. */
    public void retryIssue(UUID run, long issue) {
        var status = require(run).status();
        var file = QuarkusTransaction.requiringNew().call(() -> fileOf(run, issue));
        if (file.isPresent()) {
            retryFile(run, status, file.get());
            return;
        }
        requireRetriable(status);
        requireNoOtherActive(run);
        QuarkusTransaction.requiringNew().run(() -> {
            if (reopen(run, issue) + reopenCalls(run, issue) + reopenDirectory(run, issue) == 0) {
                throw new ActionRefusedException("Issue " + issue + " names nothing that could be read again", false);
            }
            // It may have come to its end meanwhile.
            var now = runs.lock(run);
            requireRetriable(now);
            if (now == RunStatus.FAILED) {
                change(run, EnumSet.of(RunStatus.FAILED), RunStatus.RUNNING, null);
            }
        });
        keeper.keep();
    }

    /** Files are tried beside the run, which need not be running for it. */
    private void retryFile(UUID run, RunStatus status, String file) {
        if (status == RunStatus.PAUSED || status == RunStatus.CANCELLED) {
            throw new ActionRefusedException("Nothing can be tried again while the run is " + status.text(), false);
        }
        if (!media.reopenFile(run, file)) {
            throw new ActionRefusedException("File " + file + " is here already, or being downloaded", false);
        }
        keeper.keep();
    }

    /** The file that an issue is about. */
    private Optional<String> fileOf(UUID run, long issue) {
        List<?> files = entityManager.createNativeQuery("""
                SELECT subject_id FROM import_issues WHERE id = :issue AND run_id = :run AND stage = 'media'
                """, String.class).setParameter("issue", issue).setParameter("run", run).getResultList();
        return files.stream().map(String.class::cast).findFirst();
    }

    /**
     * Has a run that has ended verified; that changes no run.
     *
     * @param complete whether everything is read again and compared
     */
    public void verify(UUID run, boolean complete) {
        requireEnded(run, "verified");
        requireNoOtherActive(run);
        verifier.begin(run, complete, false);
        verifier.goOnLater();
    }

    /** Imports what the last verification of a run found to be missing or different, and verifies again. */
    public void repair(UUID run) {
        var status = requireEnded(run, "repaired");
        requireNoOtherActive(run);
        var verdict = verifier.lastVerdict(run)
                .orElseThrow(() -> new ActionRefusedException("The run has not been verified yet", false));
        if (verdict.clean()) {
            throw new ActionRefusedException("Nothing was missing or different when the run was last verified", false);
        }
        QuarkusTransaction.requiringNew().run(() -> {
            change(run, EnumSet.of(status), RunStatus.RUNNING, null);
            boolean slices = hasFailedSlices(run) && reopen(run, null) > 0;
            if (!repair.begin(run, verdict.id(), true) && !slices) {
                throw new ActionRefusedException("Nothing of what was found can be repaired by importing it", false);
            }
        });
        keeper.keep();
    }

    private boolean hasFailedSlices(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'slice' AND status = 'failed')
                """).setParameter("run", run).getSingleResult();
    }

    private RunStatus requireEnded(UUID run, String what) {
        var status = require(run).status();
        if (status != RunStatus.COMPLETED && status != RunStatus.FAILED) {
            throw new ActionRefusedException("The run is %s; only one that is completed or failed can be %s"
                    .formatted(status.text(), what), false);
        }
        return status;
    }

    /** The status that a run has now, such as {@code paused}. */
    public String status(UUID run) {
        return require(run).status;
    }

    private static void requireRetriable(RunStatus status) {
        if (status != RunStatus.RUNNING && status != RunStatus.FAILED) {
            throw new ActionRefusedException("Nothing can be tried again while the run is " + status.text(), false);
        }
    }

    /** Records that came while the run stood still were dropped, and nobody knows which: all are to be sent again. */
    private void forgetRecords(UUID run) {
        Media.forgetRecords(run);
        entityManager.createNativeQuery("""
                UPDATE import_batches SET sent_at = NULL WHERE run_id = :run AND status IN ('pending', 'running')
                """).setParameter("run", run).executeUpdate();
    }

    /** Conversations that failed are open again, and so are their batches; returns how many. */
    private int reopen(UUID run, @Nullable Long issue) {
        readFromTheBeginning(run);
        readSlicesFromTheBeginning(run, issue);
        List<?> reopened = entityManager.createNativeQuery("""
                WITH reopened AS (
                    UPDATE import_conversations SET status = 'pending', attempts = 0, completed_at = NULL
                    WHERE run_id = :run AND status = 'failed' AND (CAST(:issue AS bigint) IS NULL
                        OR coalesce(same_thread_as, conversation_id) = (
                            SELECT coalesce(named.same_thread_as, named.conversation_id)
                            FROM import_issues AS issue JOIN import_conversations AS named
                                ON named.run_id = issue.run_id AND named.conversation_id = issue.subject_id
                            WHERE issue.id = CAST(:issue AS bigint) AND issue.run_id = :run)
                        OR EXISTS (SELECT FROM import_issues
                            WHERE id = CAST(:issue AS bigint) AND run_id = :run AND subject = 'slice'))
                    RETURNING conversation_id, batch_id
                ), sent AS (
                    -- Slices of time are tried again together: no conversation belongs to one of them alone.
                    UPDATE import_batches SET status = 'pending', attempts = 0, idle_returns = 0, slice_unanswered = 0,
                        sent_at = NULL, due_at = clock_timestamp(), completed_at = NULL
                    WHERE status IN ('done', 'failed') AND id IN (SELECT batch_id FROM reopened)
                        OR run_id = :run AND kind = 'slice' AND status = 'failed' AND (CAST(:issue AS bigint) IS NULL
                            OR EXISTS (SELECT FROM import_issues
                                WHERE id = CAST(:issue AS bigint) AND run_id = :run AND subject = 'slice'))
                    RETURNING kind
                ), resolved AS (
                    UPDATE import_issues SET resolved_at = clock_timestamp()
                    WHERE run_id = :run AND level = 'error'
                        AND (subject = 'conversation' AND subject_id IN (SELECT conversation_id FROM reopened)
                            OR subject = 'slice' AND EXISTS (SELECT FROM sent WHERE kind = 'slice'))
                ), counted AS (
                    UPDATE import_runs SET processed_conversations = processed_conversations - (SELECT count(*) FROM reopened),
                        total_messages = NULL, total_calls = NULL
                    WHERE id = :run
                )
                SELECT conversation_id FROM reopened UNION ALL SELECT kind FROM sent WHERE kind = 'slice'
                """, String.class).setParameter("run", run).setParameter("issue", issue).getResultList();
        issues.refresh(run);
        events.add(run, EventLog.Level.INFO, "status", "Trying " + reopened.size() + " conversations again");
        return reopened.size();
    }

    /**
     * Conversations that failed begin anew if a later run has received rows of theirs: those rows no longer tell which of them
     * this run has counted, and page tokens do not live so long.
     */
    private void readFromTheBeginning(UUID run) {
        entityManager
                .createNativeQuery(
                        """
                                WITH failed AS (
                                    SELECT conversation_id, messages, calls FROM import_conversations
                                    WHERE run_id = :run AND status = 'failed' AND batch_id IS NOT NULL AND EXISTS (SELECT FROM import_runs AS later
                                        WHERE later.created_at > (SELECT created_at FROM import_runs WHERE id = :run))
                                    ORDER BY conversation_id FOR UPDATE
                                ), begun AS (
                                    UPDATE import_conversations SET stage = 'messages', page_token = NULL, messages = 0, calls = 0
                                    WHERE run_id = :run AND conversation_id IN (SELECT conversation_id FROM failed)
                                ), forgotten_messages AS (
                                    UPDATE messages SET last_run_id = NULL
                                    WHERE last_run_id = :run AND conversation_id IN (SELECT conversation_id FROM failed)
                                ), forgotten_calls AS (
                                    UPDATE calls SET last_run_id = NULL
                                    WHERE last_run_id = :run AND conversation_id IN (SELECT conversation_id FROM failed)
                                )
                                UPDATE import_runs SET processed_messages = processed_messages - counted.messages,
                                    processed_calls = processed_calls - counted.calls
                                FROM (SELECT coalesce(sum(messages), 0) AS messages, coalesce(sum(calls), 0) AS calls FROM failed) AS counted
                                WHERE id = :run AND counted.messages + counted.calls > 0
                                """)
                .setParameter("run", run).executeUpdate();
    }

    /** The same for slices of time that failed, but then for all of a run: their conversations are in others as well. */
    private void readSlicesFromTheBeginning(UUID run, @Nullable Long issue) {
        entityManager.createNativeQuery("""
                WITH begun AS (
                    UPDATE import_batches SET status = 'failed', slice_stage = 'messages', slice_place = NULL
                    WHERE run_id = :run AND kind = 'slice'
                        AND EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'slice' AND status = 'failed')
                        AND EXISTS (SELECT FROM import_runs AS later
                            WHERE later.created_at > (SELECT created_at FROM import_runs WHERE id = :run))
                        AND (CAST(:issue AS bigint) IS NULL OR EXISTS (SELECT FROM import_issues
                            WHERE id = CAST(:issue AS bigint) AND run_id = :run AND subject = 'slice'))
                    RETURNING id
                ), reopened AS (
                    UPDATE import_conversations SET status = 'failed', messages = 0, calls = 0
                    WHERE run_id = :run AND EXISTS (SELECT FROM begun)
                ), forgotten_messages AS (
                    UPDATE messages SET last_run_id = NULL WHERE last_run_id = :run AND EXISTS (SELECT FROM begun)
                ), forgotten_calls AS (
                    UPDATE calls SET last_run_id = NULL WHERE last_run_id = :run AND EXISTS (SELECT FROM begun)
                )
                UPDATE import_runs SET processed_messages = 0, processed_calls = 0
                WHERE id = :run AND EXISTS (SELECT FROM begun)
                """).setParameter("run", run).setParameter("issue", issue).executeUpdate();
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
