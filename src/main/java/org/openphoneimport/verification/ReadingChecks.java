package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether what OpenPhone lists is stored, and has been read to its end. */
@ApplicationScoped
class ReadingChecks {

    private final CheckStatements found;

    ReadingChecks(CheckStatements found) {
        this.found = found;
    }

    void checkConversations(VerificationClaim claim) {
        found.insert(claim, Check.CONVERSATIONS, """
                SELECT CASE WHEN listed.created_at > least(run.window_to, CAST(:runStarted AS timestamptz)) THEN 'newer'
                        ELSE 'missing' END, 'conversation', listed.conversation_id,
                    CASE WHEN listed.created_at > least(run.window_to, CAST(:runStarted AS timestamptz))
                        THEN 'It came after the run' ELSE 'OpenPhone lists it, but it is not stored' END,
                    listed.conversation_id
                FROM listed_conversations AS listed JOIN import_runs AS run ON run.id = :run
                WHERE listed.listing_id = :listing
                    AND NOT EXISTS (SELECT FROM conversations WHERE id = listed.conversation_id)
                UNION ALL
                SELECT 'different', 'conversation', stored.id,
                    CASE WHEN stored.digest IS NULL THEN 'No import has written it'
                        ELSE 'It was changed after it was imported' END, stored.id
                FROM conversations AS stored
                WHERE stored.digest IS DISTINCT FROM row_digest(stored) AND stored.absent_since IS NULL
                    AND EXISTS (SELECT FROM listed_conversations WHERE listing_id = :listing AND conversation_id = stored.id)
                UNION ALL
                SELECT 'newer', 'conversation', stored.id, 'It changed after the run', stored.id
                FROM conversations AS stored
                JOIN listed_conversations AS listed ON listed.conversation_id = stored.id AND listed.listing_id = :listing
                WHERE listed.updated_at > stored.updated_at AND stored.digest = row_digest(stored)
                """);
    }

    /** A page that had another behind it was not the last: a conversation that is not done has not been read to its end. */
    void checkReadings(VerificationClaim claim) {
        found.insert(claim, Check.READINGS, """
                SELECT 'missing', 'conversation', reading.conversation_id, 'It has not been read to its end' || coalesce((
                    SELECT '. ' || what FROM import_issues AS issue WHERE issue.run_id = reading.run_id
                        AND issue.subject = 'conversation' AND issue.level = 'error' AND resolved_at IS NULL
                        AND issue.subject_id = coalesce(reading.same_thread_as, reading.conversation_id)
                    ORDER BY issue.id DESC LIMIT 1), ''), reading.conversation_id
                FROM import_conversations AS reading
                WHERE reading.run_id = :run AND reading.status IN ('pending', 'failed')
                UNION ALL
                SELECT 'missing', 'call part', part.call_id || ' ' || part.kind, 'It could not be read' || coalesce((
                    SELECT '. ' || what FROM import_issues AS issue WHERE issue.run_id = part.run_id
                        AND issue.subject = 'call' AND issue.subject_id = part.call_id AND resolved_at IS NULL
                        AND issue.level = 'error' ORDER BY issue.id DESC LIMIT 1), ''), call.conversation_id
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.run_id = :run AND part.status = 'failed'
                UNION ALL
                SELECT 'waiting', 'call part', part.call_id || ' ' || part.kind,
                    'OpenPhone is still working on it; it will be asked for again', call.conversation_id
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.status = 'waiting'
                UNION ALL
                SELECT 'unavailable', 'call part', part.call_id || ' ' || part.kind,
                    'OpenPhone has not finished it in two days', call.conversation_id
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.status = 'unfinished'
                UNION ALL
                SELECT 'unavailable', 'call part', part.kind || ' on ' || coalesce(call.phone_number_id, 'no number'),
                    'OpenPhone refuses it. Calls on this number: ' || count(*) FILTER (WHERE part.batch_id IS NOT NULL)
                        || ' refused, ' || count(*) FILTER (WHERE part.batch_id IS NULL) || ' not asked for', NULL
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.status = 'refused' GROUP BY part.kind, call.phone_number_id
                UNION ALL
                SELECT CASE WHEN EXISTS (SELECT FROM list_records WHERE replace(list, '_', ' ') = subject_id
                    AND refused IS NOT NULL) THEN 'unavailable' ELSE 'missing' END, 'list', subject_id,
                    'It could not be read. ' || what, NULL
                FROM import_issues
                WHERE run_id = :run AND level = 'error' AND subject = 'list' AND resolved_at IS NULL
                UNION ALL
                SELECT CASE status WHEN 'refused' THEN 'unavailable' ELSE 'missing' END, subject || ' part',
                    subject_id || ' ' || replace(kind, '_', ' '), CASE status WHEN 'refused' THEN 'OpenPhone refuses it'
                        WHEN 'failed' THEN 'It could not be read' ELSE 'It has not been asked for' END
                        || coalesce('. ' || finding, ''), NULL
                FROM open_directory_parts
                UNION ALL
                SELECT 'missing', 'slice', slice.range, 'It could not be read' || coalesce((
                    SELECT '. ' || what FROM import_issues AS issue WHERE issue.run_id = slice.run_id
                        AND issue.subject = 'slice' AND issue.subject_id = slice.range AND issue.level = 'error'
                        AND resolved_at IS NULL ORDER BY issue.id DESC LIMIT 1), ''), NULL
                FROM (SELECT run_id, coalesce(to_char(slice_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '..')
                        || '/' || coalesce(to_char(slice_to AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '..') AS range
                    FROM import_batches WHERE run_id = :run AND kind = 'slice' AND status <> 'done') AS slice
                """);
    }

    /** What the ledger lacks of the run's window, up to the last thing that is known to have happened in a conversation. */
    void checkLedger(VerificationClaim claim) {
        found.insert(claim, Check.READINGS,
                """
                        WITH needed AS (
                            SELECT ledger.*, reading.status, run.api,
                                time_span(CASE WHEN run.window_from_given THEN run.window_from END,
                                    least(run.window_to, run.created_at, ledger.active_until)) AS span
                            FROM listed_conversations AS listed
                            JOIN import_runs AS run ON run.id = :run
                            JOIN ledger ON ledger.conversation_id = listed.conversation_id
                            LEFT JOIN import_conversations AS reading
                                ON reading.run_id = run.id AND reading.conversation_id = listed.conversation_id
                            WHERE listed.listing_id = :listing
                                AND coalesce(listed.created_at <= least(run.window_to, CAST(:runStarted AS timestamptz)), true)
                        ), lacking AS (
                            SELECT *, NOT messages_read @> span AS messages,
                                (one_to_one OR api <> 'v1') AND NOT calls_read @> span AS calls
                            FROM needed
                            -- Slices that are lacking are named themselves, and what lists leave out no slice brings.
                            WHERE status IS NULL OR status = 'unavailable' OR status = 'done' AND (api = 'v1' OR coalesce(
                                list_leaves_out(conversation_id, 'message'), list_leaves_out(conversation_id, 'call')) IS NOT NULL)
                        )
                        SELECT CASE WHEN (messages AND messages_refused IS NULL OR calls AND calls_refused IS NULL)
                                AND status IS DISTINCT FROM 'unavailable' THEN 'missing' ELSE 'unavailable' END,
                            'conversation', conversation_id, CASE
                            WHEN messages AND messages_refused IS NOT NULL OR calls AND calls_refused IS NOT NULL OR status = 'unavailable'
                                THEN 'OpenPhone refuses to give all of it. ' || concat_ws('. ', messages_refused, calls_refused)
                            WHEN messages_read = '{}' AND calls_read = '{}' THEN 'No run has read it to its end'
                            ELSE 'No run has read all that was created in ' || CAST(span AS text) END, conversation_id
                        FROM lacking
                        WHERE (messages OR calls OR status = 'unavailable') AND (thread_key IS NOT NULL OR api <> 'v1')
                            -- What has just been found to be lacking of its thread says so by its own name.
                            AND NOT EXISTS (SELECT FROM discrepancies AS found
                                LEFT JOIN conversations AS twin ON twin.id = found.conversation_id
                                WHERE found.verification_id = :verification AND found.kind IN ('missing', 'different')
                                AND found.subject IN ('message', 'call', 'group calls')
                                AND (found.conversation_id = lacking.conversation_id OR twin.thread_key = lacking.thread_key))
                        UNION ALL
                        SELECT 'unavailable', 'conversation', conversation_id,
                            'It has no number or no participants, so v1 cannot be asked for it', conversation_id
                        FROM needed WHERE api = 'v1' AND thread_key IS NULL AND NOT read_whole @> span
                        UNION ALL
                        SELECT 'unavailable', 'group calls', conversation_id, 'v1 does not give the calls of a group', conversation_id
                        FROM needed WHERE api = 'v1' AND thread_key IS NOT NULL AND NOT one_to_one AND NOT calls_read @> span
                        UNION ALL
                        SELECT 'unavailable', 'conversation', subject_id, 'OpenPhone does not list it any more, and it was not read to its end',
                            subject_id
                        FROM workspace_gaps WHERE subject = 'conversation' AND reason LIKE '% does not list any more %'
                        """);
    }

    void checkActivities(VerificationClaim claim) {
        found.insert(claim, Check.ACTIVITIES, """
                SELECT DISTINCT ON (unavailable.id) 'unavailable', 'activity', unavailable.id, unavailable.finding,
                    listed.conversation_id
                FROM listed_conversations AS listed
                JOIN unavailable_activities AS unavailable ON unavailable.id = listed.last_activity_id
                WHERE listed.listing_id = :listing AND NOT EXISTS (SELECT FROM messages WHERE id = listed.last_activity_id)
                    AND NOT EXISTS (SELECT FROM calls WHERE id = listed.last_activity_id)
                """);
    }
}
