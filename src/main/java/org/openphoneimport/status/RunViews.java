package org.openphoneimport.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.media.MediaCounts;
import org.openphoneimport.pace.Estimates;
import org.openphoneimport.pace.Pace;
import org.openphoneimport.pace.WaitingFor;
import org.openphoneimport.run.Run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads runs with everything that is shown of them. Called within a {@link Snapshot}. */
@ApplicationScoped
public class RunViews {

    private static final String LATEST = "ORDER BY run.created_at DESC, run.id LIMIT :count";

    private final EntityManager entityManager;
    private final ObjectMapper mapper;
    private final Pace pace;
    private final MediaCounts media;

    RunViews(EntityManager entityManager, ObjectMapper mapper, Pace pace, MediaCounts media) {
        this.entityManager = entityManager;
        this.mapper = mapper;
        this.pace = pace;
        this.media = media;
    }

    /** The newest first. */
    public List<RunView> latest(int count) {
        return read(LATEST, "count", count, false);
    }

    /** The newest first, without what has to be counted for each: files, parts of calls, what is to come. */
    public List<RunView> brief(int count) {
        return read(LATEST, "count", count, true);
    }

    /**
     * The same for a page of the list.
     *
     * @param offset how many are newer
     */
    public List<RunView> brief(int offset, int count) {
        return read("ORDER BY run.created_at DESC, run.id OFFSET %d LIMIT :count".formatted(offset), "count", count, true);
    }

    /** The one that is active, or else the last. */
    public Optional<RunView> current() {
        return read("""
                ORDER BY run.status IN ('pending', 'running', 'paused', 'verifying') DESC, run.created_at DESC LIMIT :count
                """, "count", 1, false).stream().findFirst();
    }

    /** One of them. */
    public Optional<RunView> withId(UUID id) {
        return read("WHERE run.id = :id", "id", id, false).stream().findFirst();
    }

    @RegisterForReflection
    private record Row(UUID id, Instant now, String details, long listed, long errors, long warnings, long unreadFailed,
            long unreadRefused, boolean working, String callParts, long directoryParts, long directoryPartsPending,
            @Nullable Instant blockedUntil, @Nullable Long granted,
            @Nullable Long refused, @Nullable Long waitedMillis, @Nullable Double quota, @Nullable String waitingFor,
            @Nullable Instant dueAt,
            @Nullable String listingWaits, @Nullable String current, @Nullable String name, String[] parties,
            String @Nullable [] participants) {
    }

    private List<RunView> read(String which, String name, Object value, boolean brief) {
        List<?> rows = entityManager.createNativeQuery(
                """
                        SELECT run.id, now() AS now, CAST(json_build_object('listingStartedAt', run.listing_started_at,
                                'listingMovedAt', run.listing_moved_at, 'listingWaitingFor', run.listing_waiting_for,
                                'listingFailures', run.listing_failures, 'listedWhole', run.listed_whole,
                                'onlyV1', run.only_v1, 'errors', run.errors, 'warnings', run.warnings, 'checklist', (
                                SELECT coalesce(json_agg(json_build_object('name', name, 'state', state, 'finding', finding,
                                    'at', date_trunc('second', changed_at)) ORDER BY position), '[]')
                                FROM checklist_steps WHERE run_id = run.id)) AS text) AS details,
                            CASE WHEN run.total_conversations IS NULL AND NOT :brief
                                THEN (SELECT count(*) FROM import_conversations WHERE run_id = run.id) ELSE 0 END AS listed,
                            issue.errors, issue.warnings, coalesce(unread.failed, 0) AS unread_failed,
                            coalesce(unread.refused, 0) AS unread_refused,
                            EXISTS (SELECT FROM import_batches WHERE run_id = run.id AND status = 'running'
                                AND lease_until > now()) AS working,
                            CASE WHEN :brief THEN '{}' ELSE CAST((
                                SELECT coalesce(jsonb_object_agg(part.status, part.count), '{}') FROM (
                                    SELECT status, count(*) AS count FROM call_parts WHERE run_id = run.id GROUP BY status
                                ) AS part) AS text) END AS call_parts,
                            coalesce(directory.parts, 0) AS directory_parts,
                            coalesce(directory.pending, 0) AS directory_parts_pending,
                            limits.blocked_until, limits.granted, limits.refused, limits.waited_millis, limits.quota,
                            CASE WHEN run.status IN ('running', 'verifying') THEN waiting.waiting_for END AS waiting_for,
                            waiting.due_at,
                            CASE WHEN run.status = 'running' AND run.listing_stage <> 'done'
                                    AND run.listing_moved_at < now() - interval '10 seconds'
                                THEN coalesce(run.listing_waiting_for, 'OpenPhone has not answered the listing since '
                                    || to_char(run.listing_moved_at AT TIME ZONE 'UTC', 'HH24:MI:SS') || ' UTC') END AS listing_waits,
                            conversation.id AS current, conversation.name, ARRAY(
                                SELECT party FROM unnest(conversation.participants) AS party
                                WHERE party NOT IN (SELECT number FROM phone_numbers WHERE number IS NOT NULL)) AS parties,
                            conversation.participants
                        FROM import_runs AS run
                        LEFT JOIN rate_limits AS limits ON limits.key_hash = run.key_hash
                        LEFT JOIN conversations AS conversation ON conversation.id = run.current_conversation
                        CROSS JOIN LATERAL (
                            SELECT count(*) FILTER (WHERE level = 'error') AS errors,
                                count(*) FILTER (WHERE level = 'warning') AS warnings
                            FROM import_issues WHERE run_id = run.id AND resolved_at IS NULL
                        ) AS issue
                        LEFT JOIN LATERAL (
                            SELECT count(*) FILTER (WHERE status = 'failed') AS failed,
                                count(*) FILTER (WHERE status = 'unavailable') AS refused
                            FROM import_conversations WHERE run_id = run.id
                        ) AS unread ON NOT :brief
                        LEFT JOIN LATERAL (
                            SELECT count(*) AS parts, count(*) FILTER (WHERE status = 'pending') AS pending
                            FROM directory_parts WHERE run_id = run.id
                        ) AS directory ON NOT :brief
                        LEFT JOIN LATERAL (
                            SELECT waiting_for, due_at FROM import_batches
                            WHERE run_id = run.id AND status = 'pending' AND waiting_for IS NOT NULL AND due_at > now()
                                -- One that works, and has brought something since it was handed back, means that the run does not wait.
                                AND NOT EXISTS (SELECT FROM import_batches AS working WHERE working.run_id = run.id
                                    AND working.status = 'running' AND working.lease_until > now()
                                    AND working.idle_returns = 0)
                            ORDER BY due_at LIMIT 1
                        ) AS waiting ON true
                        """
                        + which,
                Row.class).setParameter(name, value).setParameter("brief", brief).getResultList();
        return rows.stream().map(row -> view((Row) row, brief)).toList();
    }

    private RunView view(Row row, boolean brief) {
        Run run = Run.findById(row.id());
        var now = row.now();
        var waitingFor = waitingFor(run, row, now);
        var callParts = json(row.callParts());
        return new RunView(run, details(row.details()), now, row.listed(), row.errors(), row.warnings(),
                run.status().isActive() && !brief
                        ? pace.estimates(run, callParts.path(PartStatus.PENDING.text()).asLong(), waitingFor, now)
                        : new Estimates(run.totalMessages, run.totalCalls, null),
                brief ? MediaCounts.Figures.NONE : media.of(run.id), waitingFor, current(row), requests(row), callParts,
                new RunView.DirectoryParts(row.directoryParts(), row.directoryPartsPending()),
                new RunView.Conversations(row.unreadFailed(), row.unreadRefused()), row.working());
    }

    private static @Nullable WaitingFor waitingFor(Run run, Row row, Instant now) {
        var blockedUntil = row.blockedUntil();
        if (blockedUntil != null && blockedUntil.isAfter(now) && sendsRequests(run)) {
            return new WaitingFor("OpenPhone asked to slow down", blockedUntil);
        }
        var listingWaits = row.listingWaits();
        if (listingWaits != null) {
            return new WaitingFor(listingWaits, null);
        }
        var batchWaits = row.waitingFor();
        return batchWaits == null ? null : new WaitingFor(batchWaits, row.dueAt());
    }

    private static boolean sendsRequests(Run run) {
        return switch (run.status()) {
            case PENDING, RUNNING, VERIFYING -> true;
            case PAUSED, COMPLETED, FAILED, CANCELLED -> false;
        };
    }

    private static RunView.@Nullable CurrentConversation current(Row row) {
        var id = row.current();
        var participants = row.participants();
        if (id == null || participants == null) {
            return null;
        }
        var others = row.parties();
        return new RunView.CurrentConversation(id, row.name(),
                List.of(others.length > 0 ? others : participants));
    }

    private static RunView.@Nullable Requests requests(Row row) {
        var granted = row.granted();
        var refused = row.refused();
        var waited = row.waitedMillis();
        return granted == null || refused == null || waited == null ? null
                : new RunView.Requests(granted, refused, Duration.ofMillis(waited), row.quota());
    }

    private RunDetails details(String document) {
        try {
            return mapper.readValue(document, RunDetails.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a run: " + e.getOriginalMessage(), e);
        }
    }

    private JsonNode json(String document) {
        try {
            return mapper.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a run: " + e.getOriginalMessage(), e);
        }
    }
}
