package org.openphoneimport.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.reading.Claim;
import org.openphoneimport.reading.OpenCall;
import org.openphoneimport.reading.OpenContact;
import org.openphoneimport.reading.OpenConversation;
import org.openphoneimport.reading.OpenItem;
import org.openphoneimport.reading.Place;
import org.openphoneimport.reading.SlicePlace;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Window;

/** Batches as they stand in the table: claimed, handed back, finished, failed. */
@ApplicationScoped
public class Batches {

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final IssueLog issues;
    private final EventLog events;
    private final SliceEnd slices;

    Batches(EntityManager entityManager, ImportConfig config, IssueLog issues, EventLog events, SliceEnd slices) {
        this.entityManager = entityManager;
        this.config = config;
        this.issues = issues;
        this.events = events;
        this.slices = slices;
    }

    /** Takes a batch without a live lease. */
    @Transactional(TxType.REQUIRES_NEW)
    Claim claim(BatchRecord record) {
        var run = Run.withId(record.runId());
        var batch = lock(record);
        if (run.isEmpty() || batch == null) {
            return new Claim.Unknown();
        }
        if (run.get().status() != RunStatus.RUNNING) {
            return new Claim.NotNeeded("its run is " + run.get().status().text());
        }
        if (!batch.open()) {
            return new Claim.NotNeeded("it has ended");
        }
        if (batch.held()) {
            return new Claim.NotNeeded("another worker holds it");
        }
        if (batch.attempts() >= config.maxAttempts()) {
            if (batch.slice() == null) {
                fail(record, batch);
            } else {
                slices.fail(record, batch.slice(), died(batch));
            }
            return new Claim.Poisoned(batch.number());
        }
        var owner = UUID.randomUUID();
        entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'running', attempts = attempts + 1, waiting_for = NULL, lease_owner = :owner,
                    lease_until = clock_timestamp() + :lease * interval '1 second'
                WHERE id = :batch
                """)
                .setParameter("owner", owner)
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("batch", record.batchId())
                .executeUpdate();
        if (batch.slice() != null) {
            return new Claim.Slice(record.runId(), record.batchId(), batch.number(), owner, batch.idle(), batch.slice(),
                    batch.place(), batch.unfiltered());
        }
        var items = switch (batch.kind()) {
            case "calls" -> openCalls(record.batchId(), Generation.of(run.get().api));
            case "contacts" -> openContacts(record.batchId());
            default -> openConversations(record.batchId(), run.get().window());
        };
        return new Claim.Items(record.runId(), record.batchId(), batch.number(), owner, batch.idle(), items, batch.twins());
    }

    /** Ends a batch of which everything has been read. */
    @Transactional(TxType.REQUIRES_NEW)
    void finish(Claim.Items claim) {
        entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'done', completed_at = clock_timestamp(), lease_owner = NULL,
                    lease_until = NULL, attempts = 0
                WHERE id = :batch AND lease_owner = :owner
                    AND NOT EXISTS (SELECT FROM import_conversations WHERE batch_id = :batch AND status = 'pending')
                    AND NOT EXISTS (SELECT FROM call_parts WHERE batch_id = :batch AND status = 'pending')
                    AND NOT EXISTS (SELECT FROM directory_parts WHERE batch_id = :batch AND status = 'pending')
                """)
                .setParameter("batch", claim.batch())
                .setParameter("owner", claim.owner())
                .executeUpdate();
    }

    /** Whether a run's batches have all ended. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean allEnded(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT NOT EXISTS (SELECT FROM import_batches WHERE run_id = :run AND status IN ('pending', 'running'))
                """).setParameter("run", run).getSingleResult();
    }

    /**
     * Gives a batch back: the first of the steps of a hand-back.
     *
     * @param idle whether nothing was achieved
     * @param wait until it is due again, for deliveries that brought something
     * @param why it waits, for the page; null when it does not
     * @return until it is due again; null when it is another worker's by now
     */
    @Transactional(TxType.REQUIRES_NEW)
    @Nullable
    Duration release(Claim.Held claim, boolean idle, Duration wait, @Nullable String why) {
        List<?> seconds = entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'pending', attempts = attempts - 1, lease_owner = NULL, lease_until = NULL,
                    sent_at = NULL, waiting_for = CAST(:why AS text),
                    idle_returns = CASE WHEN :idle THEN idle_returns + 1 ELSE 0 END,
                    due_at = clock_timestamp() + interval '1 second' * CASE WHEN :idle
                        THEN greatest(:wait, least(:longest, :shortest * power(2, least(idle_returns, 20)))) ELSE :wait END
                WHERE id = :batch AND lease_owner = :owner
                RETURNING CAST(extract(epoch FROM due_at - clock_timestamp()) AS double precision)
                """, Double.class)
                .setParameter("why", why)
                .setParameter("idle", idle)
                .setParameter("wait", wait.toMillis() / 1000.0)
                .setParameter("longest", config.longestReturn().toMillis() / 1000.0)
                .setParameter("shortest", config.shortestReturn().toMillis() / 1000.0)
                .setParameter("batch", claim.batch())
                .setParameter("owner", claim.owner())
                .getResultList();
        return seconds.isEmpty() ? null : Duration.ofMillis(Math.max(0, Math.round(1000 * (Double) seconds.getFirst())));
    }

    private @Nullable Row lock(BatchRecord record) {
        List<?> rows = entityManager
                .createNativeQuery(
                        """
                                SELECT number, kind, attempts, idle_returns > 0 AS idle, status IN ('pending', 'running') AS open,
                                    coalesce(lease_until > clock_timestamp(), false) AS held,
                                    EXISTS (SELECT FROM import_conversations WHERE batch_id = :batch AND same_thread_as IS NOT NULL) AS twins,
                                    kind = 'slice' AS slice, slice_from, slice_to, slice_stage, slice_place, slice_unfiltered
                                FROM import_batches WHERE id = :batch AND run_id = :run FOR UPDATE
                                """,
                        Tuple.class)
                .setParameter("batch", record.batchId())
                .setParameter("run", record.runId())
                .getResultList();
        return rows.isEmpty() ? null : Row.of((Tuple) rows.getFirst());
    }

    private void fail(BatchRecord record, Row batch) {
        entityManager.createNativeQuery("""
                UPDATE import_batches SET status = 'failed', completed_at = clock_timestamp(), lease_owner = NULL,
                    lease_until = NULL
                WHERE id = :batch
                """).setParameter("batch", record.batchId()).executeUpdate();
        var why = died(batch);
        failOpenCalls(record, why);
        failOpenContacts(record, why);
        var open = failOpenConversations(record);
        issues.add(record.runId(), open.stream()
                .map(conversation -> Issue.error("batch", "conversation", conversation, "Not imported. " + why, null))
                .toList());
        events.add(record.runId(), EventLog.Level.ERROR, "batch", why + "; it is not tried again until a retry");
    }

    private static String died(Row batch) {
        return "The worker that imported batch " + batch.number() + " died " + batch.attempts() + " times";
    }

    private List<String> failOpenConversations(BatchRecord record) {
        List<?> failed = entityManager.createNativeQuery("""
                UPDATE import_conversations SET status = 'failed', completed_at = clock_timestamp()
                WHERE batch_id = :batch AND status = 'pending' RETURNING conversation_id
                """, String.class).setParameter("batch", record.batchId()).getResultList();
        return failed.stream().map(String.class::cast).toList();
    }

    private void failOpenCalls(BatchRecord record, String why) {
        List<?> failed = entityManager.createNativeQuery("""
                UPDATE call_parts SET status = 'failed' WHERE batch_id = :batch AND status = 'pending' RETURNING call_id
                """, String.class).setParameter("batch", record.batchId()).getResultList();
        issues.add(record.runId(), failed.stream().map(String.class::cast).distinct()
                .map(call -> Issue.error("batch", "call", call, "What belongs to it was not asked for. " + why, null))
                .toList());
    }

    private void failOpenContacts(BatchRecord record, String why) {
        List<?> failed = entityManager.createNativeQuery("""
                UPDATE directory_parts SET status = 'failed', finding = :why
                WHERE batch_id = :batch AND status = 'pending' RETURNING subject_id
                """, String.class).setParameter("batch", record.batchId()).setParameter("why", why).getResultList();
        issues.add(record.runId(), failed.stream().map(String.class::cast).distinct()
                .map(contact -> Issue.error("batch", "contact", contact, "What hangs on it was not asked for. " + why, null))
                .toList());
    }

    /**
     * Notes that OpenPhone answered others, but not for these.
     *
     * @param max how often that may be
     * @return ids of those for which it has been tried often enough
     */
    @Transactional(TxType.REQUIRES_NEW)
    Set<String> countUnanswered(Claim.Items claim, List<OpenItem> items, int max) {
        List<?> hopeless = entityManager
                .createNativeQuery(
                        """
                                WITH conversation AS (
                                    UPDATE import_conversations SET attempts = attempts + 1
                                    WHERE run_id = :run AND conversation_id = ANY(:ids) AND status = 'pending'
                                    RETURNING conversation_id AS id, attempts
                                ), part AS (
                                    UPDATE call_parts SET attempts = attempts + 1
                                    WHERE batch_id = :batch AND call_id = ANY(:ids) AND status = 'pending'
                                    RETURNING call_id AS id, attempts
                                ), contact AS (
                                    UPDATE directory_parts SET attempts = attempts + 1
                                    WHERE batch_id = :batch AND subject_id = ANY(:ids) AND status = 'pending'
                                    RETURNING subject_id AS id, attempts
                                )
                                SELECT id FROM (TABLE conversation UNION ALL TABLE part UNION ALL TABLE contact) AS item GROUP BY id HAVING max(attempts) >= :max
                                """,
                        String.class)
                .setParameter("run", claim.run())
                .setParameter("batch", claim.batch())
                .setParameter("ids", items.stream().map(OpenItem::id).toArray(String[]::new))
                .setParameter("max", max)
                .getResultList();
        return hopeless.stream().map(String.class::cast).collect(Collectors.toSet());
    }

    private static List<OpenCall> openCalls(UUID batch, Generation generation) {
        return CallPart.openOf(batch).stream().map(open -> OpenCall.of(open, generation))
                .toList();
    }

    private static List<OpenContact> openContacts(UUID batch) {
        return DirectoryParts.openOf(batch).stream().map(open -> new OpenContact(open.id(), open.kinds())).toList();
    }

    private List<OpenConversation> openConversations(UUID batch, Window window) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT reading.conversation_id, conversation.phone_number_id, own.ask_as, reading.stage, reading.page_token,
                    reading.read_after, conversation.id IS NULL AS gone,
                    ARRAY(SELECT DISTINCT party FROM unnest(conversation.participants) AS party
                        WHERE party IS DISTINCT FROM own.number ORDER BY party) AS others, conversation.participants
                FROM import_conversations AS reading
                LEFT JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                LEFT JOIN phone_numbers AS own ON own.id = conversation.phone_number_id
                WHERE reading.batch_id = :batch AND reading.status = 'pending' AND reading.same_thread_as IS NULL
                ORDER BY reading.position
                """, Tuple.class)
                .setParameter("batch", batch)
                .getResultList();
        if (rows.stream().map(Tuple.class::cast).anyMatch(row -> (Boolean) row.get("gone"))) {
            failGone(batch);
        }
        return rows.stream().map(Tuple.class::cast).filter(row -> !(Boolean) row.get("gone")).map(row -> {
            // The own number does not belong among the parties, but stood there in some workspaces.
            var others = (String[]) row.get("others");
            var parties = others.length > 0 ? others : (String[]) row.get("participants");
            var thread = new OpenPhone.ThreadQuery((String) row.get("phone_number_id"), Arrays.asList(parties),
                    (String) row.get("ask_as"), row.get("read_after", Instant.class), window.createdBefore());
            return new OpenConversation((String) row.get("conversation_id"), thread,
                    Place.of((String) row.get("stage"), (String) row.get("page_token")));
        }).toList();
    }

    /** Conversations whose rows something else has deleted, and those that would have been read with them. */
    private void failGone(UUID batch) {
        List<?> failed = entityManager.createNativeQuery("""
                UPDATE import_conversations AS reading SET status = 'failed', completed_at = clock_timestamp()
                WHERE batch_id = :batch AND status = 'pending' AND NOT EXISTS (SELECT FROM conversations
                    WHERE id = coalesce(reading.same_thread_as, reading.conversation_id))
                RETURNING run_id, conversation_id
                """, Tuple.class).setParameter("batch", batch).getResultList();
        failed.stream().map(Tuple.class::cast).forEach(row -> issues.add((UUID) row.get("run_id"), List.of(Issue.error("batch",
                "conversation", (String) row.get("conversation_id"),
                "Not imported, since its row in the table conversations is gone. A reconciliation lists it again", null))));
    }

    /** @param slice null when it is none */
    private record Row(int number, String kind, int attempts, boolean idle, boolean open, boolean held, boolean twins,
            @Nullable TimeSlice slice, SlicePlace place, boolean unfiltered) {

        static Row of(Tuple row) {
            boolean slice = (Boolean) row.get("slice");
            return new Row((Integer) row.get("number"), (String) row.get("kind"), (Integer) row.get("attempts"),
                    (Boolean) row.get("idle"),
                    (Boolean) row.get("open"), (Boolean) row.get("held"), (Boolean) row.get("twins"),
                    slice ? new TimeSlice(row.get("slice_from", Instant.class), row.get("slice_to", Instant.class)) : null,
                    slice ? SlicePlace.of((String) row.get("slice_stage"), row.get("slice_place", Instant.class))
                            : SlicePlace.START,
                    (Boolean) row.get("slice_unfiltered"));
        }
    }
}
