package org.openphoneimport.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What OpenPhone is asked for calls, and what became of it: the rows of {@code call_parts}. */
public final class CallPart {

    /**
     * What can belong to a call: everything to each that has ended. A call that was answered can have a voicemail, since an
     * agent or a menu may have sent it there, and one that was missed or forwarded a recording; neither status nor {@code
     * answeredAt} says. A status of a call under way is not believed when the call is a day old.
     */
    private static final String POSSIBLE = """
            SELECT call.id AS call_id, part.kind
            FROM calls AS call
            CROSS JOIN (VALUES ('recordings'), ('transcript'), ('summary'), ('voicemail')) AS part(kind)
            WHERE coalesce(call.status, '') NOT IN ('queued', 'initiated', 'ringing', 'in-progress')
                OR call.completed_at IS NOT NULL OR call.created_at < clock_timestamp() - interval '1 day'
            """;

    // Transcripts and the like come minutes after a call, in a bad case hours: an answer that came later is believed. So is one
    // that has something, unless the call has changed since. What one API says of old calls may differ from what the other said.
    private static final String ASKED_TOO_EARLY = """
            part.status IN ('none', 'waiting') AND part.asked_at < call.created_at + interval '2 days'
                OR part.status IN ('none', 'stored', 'unfinished')
                    AND call.updated_at > coalesce(part.call_updated_at, '-infinity')
                    AND call.updated_at > part.asked_at - interval '1 day'
            """;

    /** Parts, named {@code part}, that are not stored any more as they were: something else has changed or deleted them. */
    public static final String VANISHED = """
            part.status IN ('stored', 'unfinished') AND NOT EXISTS (
                SELECT FROM stored_part(part.call_id, part.kind) AS stored
                WHERE stored.rows = part.rows AND stored.digest = part.digest)
            """;

    private CallPart() {
    }

    /** Notes what a run has to ask for calls that it has received: what has been answered for good is not asked for again. */
    public static void note(List<String> calls, UUID run) {
        if (calls.isEmpty()) {
            return;
        }
        entityManager().createNativeQuery("""
                INSERT INTO call_parts AS part (call_id, kind, run_id)
                SELECT possible.call_id, possible.kind, :run FROM (%s) AS possible
                WHERE possible.call_id = ANY(:calls) ORDER BY possible.call_id, possible.kind
                ON CONFLICT (call_id, kind) DO UPDATE SET status = 'pending', run_id = :run, batch_id = NULL, attempts = 0
                WHERE part.run_id <> :run AND (part.status IN ('pending', 'refused', 'failed', 'unfinished') OR %s)
                """.formatted(POSSIBLE, VANISHED))
                .setParameter("run", run)
                .setParameter("calls", calls.toArray(String[]::new))
                .executeUpdate();
    }

    /** Notes what has to be asked for a call that no batch will ask for: keep-runs does. */
    public static void noteDue(String call, UUID run) {
        entityManager().createNativeQuery("""
                INSERT INTO call_parts (call_id, kind, run_id, status, due_at)
                SELECT possible.call_id, possible.kind, :run, 'waiting', clock_timestamp() FROM (%s) AS possible
                WHERE possible.call_id = :call ORDER BY possible.kind
                ON CONFLICT (call_id, kind) DO NOTHING
                """.formatted(POSSIBLE)).setParameter("run", run).setParameter("call", call).executeUpdate();
    }

    /** Has a run ask for what was never asked for: by an older version, or since the call was still under way. */
    public static void noteMissing(UUID run) {
        entityManager().createNativeQuery("""
                INSERT INTO call_parts (call_id, kind, run_id)
                SELECT possible.call_id, possible.kind, :run FROM (%s) AS possible
                WHERE NOT EXISTS (
                    SELECT FROM call_parts AS part WHERE part.call_id = possible.call_id AND part.kind = possible.kind)
                ORDER BY possible.call_id, possible.kind
                ON CONFLICT DO NOTHING
                """.formatted(POSSIBLE)).setParameter("run", run).executeUpdate();
    }

    /**
     * Lets a run ask for what an ended run had to ask for and did not: it was cancelled, or failed, before. What failed in one
     * that was cancelled nothing else would try again.
     */
    public static void takeOver(UUID run) {
        entityManager().createNativeQuery("""
                UPDATE call_parts SET status = 'pending', run_id = :run, batch_id = NULL, attempts = 0
                WHERE run_id <> :run AND (status = 'pending'
                    OR status = 'failed' AND run_id IN (SELECT id FROM import_runs WHERE status = 'cancelled'))
                """).setParameter("run", run).executeUpdate();
    }

    /** Lets a run request parts again that were requested so soon that the answer says little, or before their call changed. */
    public static void reopenEarly(UUID run) {
        entityManager().createNativeQuery("""
                UPDATE call_parts AS part SET status = 'pending', run_id = :run, batch_id = NULL, attempts = 0
                FROM calls AS call WHERE call.id = part.call_id AND part.run_id <> :run AND (%s)
                """.formatted(ASKED_TOO_EARLY))
                .setParameter("run", run)
                .executeUpdate();
    }

    /** Puts what a run has to ask for into batches: so many calls into each, in their order. */
    public static void putInto(List<UUID> batches, int size, List<String> calls, UUID run) {
        entityManager().createNativeQuery("""
                UPDATE call_parts AS part SET batch_id = CAST((CAST(:batches AS text[]))[1 + (call.place - 1) / :size] AS uuid)
                FROM unnest(CAST(:calls AS text[])) WITH ORDINALITY AS call(id, place)
                WHERE part.call_id = call.id AND part.run_id = :run AND part.status = 'pending'
                """)
                .setParameter("batches", batches.stream().map(UUID::toString).toArray(String[]::new))
                .setParameter("size", size)
                .setParameter("calls", calls.toArray(String[]::new))
                .setParameter("run", run)
                .executeUpdate();
    }

    /** Notes that OpenPhone answered others, but not for these calls; returns those that were tried {@code max} times. */
    public static List<String> countUnanswered(UUID batch, List<String> calls, int max) {
        List<?> hopeless = entityManager().createNativeQuery("""
                WITH part AS (
                    UPDATE call_parts SET attempts = attempts + 1
                    WHERE batch_id = :batch AND call_id = ANY(:calls) AND status = 'pending'
                    RETURNING call_id, attempts
                )
                SELECT call_id FROM part GROUP BY call_id HAVING max(attempts) >= :max
                """, String.class)
                .setParameter("batch", batch)
                .setParameter("calls", calls.toArray(String[]::new))
                .setParameter("max", max)
                .getResultList();
        return hopeless.stream().map(String.class::cast).toList();
    }

    @RegisterForReflection
    private record RefusedRow(String kind, long number) {
    }

    /** Marks all pending parts of a run as refused, of some kinds; returns how many that is, by the kinds that have any. */
    public static Map<String, Long> refuseAll(UUID run, List<String> kinds) {
        if (kinds.isEmpty()) {
            return Map.of();
        }
        List<?> rows = entityManager().createNativeQuery("""
                WITH refused AS (
                    UPDATE call_parts SET status = 'refused' WHERE (call_id, kind) IN (
                        SELECT call_id, kind FROM call_parts WHERE run_id = :run AND status = 'pending' AND kind = ANY(:kinds)
                            -- What has been given before is asked for.
                            AND coalesce(rows, 0) = 0
                        ORDER BY call_id, kind FOR UPDATE)
                    RETURNING kind
                )
                SELECT kind, count(*) AS number FROM refused GROUP BY kind
                """, RefusedRow.class)
                .setParameter("run", run)
                .setParameter("kinds", kinds.toArray(String[]::new))
                .getResultList();
        return rows.stream().map(RefusedRow.class::cast).collect(Collectors.toMap(RefusedRow::kind, RefusedRow::number));
    }

    /** Marks the pending parts of a batch as failed; returns the ids of their calls, one for each part. */
    public static List<String> failOpen(UUID batch) {
        List<?> failed = entityManager().createNativeQuery("""
                UPDATE call_parts SET status = 'failed' WHERE batch_id = :batch AND status = 'pending' RETURNING call_id
                """, String.class).setParameter("batch", batch).getResultList();
        return failed.stream().map(String.class::cast).toList();
    }

    /**
     * Makes parts pending again: those that failed and that the issues {@code only} are about; or, where it is null, all that
     * failed, and all that were refused or not finished, whichever run has asked for these.
     */
    public static int reopenFailed(UUID run, Long @Nullable [] only) {
        return entityManager().createNativeQuery("""
                UPDATE call_parts SET status = 'pending', run_id = :run, batch_id = NULL, attempts = 0
                WHERE (call_id, kind) IN (SELECT call_id, kind FROM call_parts
                    WHERE CASE WHEN CAST(:only AS bigint[]) IS NULL
                        THEN status IN ('refused', 'unfinished') OR status = 'failed' AND run_id = :run
                        ELSE status = 'failed' AND run_id = :run AND call_id IN (SELECT subject_id FROM import_issues
                            WHERE id = ANY(CAST(:only AS bigint[])) AND run_id = :run AND subject = 'call') END
                    ORDER BY call_id, kind FOR UPDATE)
                """).setParameter("run", run).setParameter("only", only).executeUpdate();
    }

    /**
     * Lets a run ask again for parts of calls that were stored and have vanished since.
     *
     * @return how many
     */
    public static int reopenVanished(UUID run) {
        return entityManager().createNativeQuery("""
                UPDATE call_parts SET status = 'pending', run_id = :run, batch_id = NULL, attempts = 0
                WHERE (call_id, kind) IN (SELECT call_id, kind FROM call_parts AS part WHERE %s
                    ORDER BY call_id, kind FOR UPDATE)
                """.formatted(VANISHED))
                .setParameter("run", run)
                .executeUpdate();
    }

    /**
     * What a run that is given up was to ask once more stays as it was answered, unless its call has changed since or
     * something else has changed what is stored of it.
     */
    public static void keepAnswers(UUID run) {
        entityManager().createNativeQuery("""
                UPDATE call_parts SET status = answered, batch_id = NULL WHERE (call_id, kind) IN (
                    SELECT part.call_id, part.kind FROM call_parts AS part JOIN calls AS call ON call.id = part.call_id
                    WHERE part.run_id = :run AND part.status = 'pending' AND part.answered IN ('none', 'stored', 'waiting')
                        AND call.updated_at IS NOT DISTINCT FROM part.call_updated_at
                        AND (part.answered <> 'stored' OR EXISTS (SELECT FROM stored_part(part.call_id, part.kind) AS stored
                            WHERE stored.rows = part.rows AND stored.digest = part.digest))
                    ORDER BY part.call_id, part.kind FOR UPDATE OF part)
                """).setParameter("run", run).executeUpdate();
    }

    /** What has been answered about one kind of one call. */
    @RegisterForReflection
    public record Answer(String callId, String kind, String status) {
    }

    @RegisterForReflection
    private record SettledRow(String callId, boolean inVain) {
    }

    /**
     * Notes answers. What is waiting is due again after as long as it has been waited for, and for two days; then it is
     * unfinished. What a call does not have that has just ended may still come, so it is due again, too, for an hour. How long
     * is counted from the first answer that was like the last.
     *
     * @return calls of which something was waited for in vain
     */
    public static List<String> settle(List<Answer> answers) {
        List<?> rows = entityManager().createNativeQuery("""
                WITH answer AS (
                    SELECT * FROM jsonb_to_recordset(CAST(:answers AS jsonb)) AS answer(call_id text, kind text, status text)
                ), locked AS (
                    SELECT part.call_id, part.kind, answer.status,
                        part.answered IS NOT DISTINCT FROM answer.status AS as_before,
                        answer.status = 'waiting' AND part.answered = 'waiting'
                            AND coalesce(part.first_asked_at < clock_timestamp() - interval '2 days', false) AS in_vain
                    FROM call_parts AS part JOIN answer USING (call_id, kind)
                    ORDER BY part.call_id, part.kind FOR UPDATE OF part
                )
                UPDATE call_parts AS part SET
                    status = CASE WHEN locked.in_vain THEN 'unfinished' ELSE locked.status END, answered = locked.status,
                    first_asked_at = CASE WHEN locked.as_before THEN part.first_asked_at ELSE clock_timestamp() END,
                    asked_at = clock_timestamp(),
                    call_updated_at = (SELECT updated_at FROM calls WHERE id = part.call_id),
                    due_at = CASE WHEN locked.status = 'waiting' OR locked.status = 'none' AND EXISTS (SELECT FROM calls AS call
                            WHERE id = part.call_id
                                AND coalesce(completed_at, created_at) > clock_timestamp() - interval '1 hour')
                        THEN clock_timestamp() + greatest(interval '10 minutes', clock_timestamp() - CASE WHEN locked.as_before
                            THEN part.first_asked_at END) END
                FROM locked WHERE part.call_id = locked.call_id AND part.kind = locked.kind
                RETURNING part.call_id, locked.in_vain
                """, SettledRow.class)
                .setParameter("answers", JsonRows.rows(answers))
                .getResultList();
        return rows.stream().map(SettledRow.class::cast).filter(row -> row.inVain())
                .map(row -> row.callId()).distinct().toList();
    }

    /** Records what is stored of these calls, for verification; in the transaction that has stored it. */
    public static void record(List<String> calls) {
        if (!calls.isEmpty()) {
            entityManager().createNativeQuery("""
                    UPDATE call_parts AS part SET rows = stored.rows, digest = stored.digest
                    FROM call_parts AS known CROSS JOIN LATERAL stored_part(known.call_id, known.kind) AS stored
                    WHERE known.call_id = ANY(:calls) AND part.call_id = known.call_id AND part.kind = known.kind
                        AND part.status IN ('stored', 'unfinished')
                    """).setParameter("calls", calls.toArray(String[]::new)).executeUpdate();
        }
    }

    @RegisterForReflection
    private record DueRow(String callId, String kind, UUID runId, @Nullable String number, boolean several,
            @Nullable Instant begun) {
    }

    /**
     * Takes what OpenPhone was still working on, or may have been, and is due; other workers leave it alone for some minutes.
     *
     * @return by the run that asked last
     */
    public static Map<UUID, List<OpenParts>> takeDue(int most) {
        List<?> rows = entityManager().createNativeQuery("""
                UPDATE call_parts SET due_at = clock_timestamp() + interval '5 minutes' WHERE (call_id, kind) IN (
                    SELECT call_id, kind FROM call_parts WHERE status IN ('waiting', 'none') AND due_at <= clock_timestamp()
                    ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING call_id, kind, run_id, (SELECT phone_number_id FROM calls WHERE id = call_id) AS number,
                    coalesce((SELECT cardinality(participants) FROM calls WHERE id = call_id), 0) > 2 AS several,
                    (SELECT created_at FROM calls WHERE id = call_id) AS begun
                """, DueRow.class).setParameter("most", most).getResultList();
        var due = new LinkedHashMap<UUID, List<OpenParts>>();
        rows.stream().map(DueRow.class::cast).forEach(row -> due.computeIfAbsent(row.runId(),
                run -> new ArrayList<>()).add(
                        new OpenParts(row.callId(), row.number(), row.several(), row.begun(),
                                List.of(PartKind.of(row.kind())))));
        return due;
    }

    /** Locks the parts of a call that a run has asked for and that are due again; returns whether there are any. */
    public static boolean lockDue(UUID run, String call) {
        return !entityManager().createNativeQuery("""
                SELECT kind FROM call_parts
                WHERE call_id = :call AND run_id = :run AND status IN ('waiting', 'none') AND due_at IS NOT NULL
                ORDER BY kind FOR UPDATE
                """, String.class).setParameter("call", call).setParameter("run", run).getResultList().isEmpty();
    }

    private static EntityManager entityManager() {
        return Panache.getEntityManager();
    }
}
