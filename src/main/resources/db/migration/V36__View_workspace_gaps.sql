-- Up to when the conversations of the workspace have been listed to their end: claims about it end there.
CREATE VIEW workspace_listed AS
SELECT nullif(read_to(coalesce((SELECT read FROM list_records WHERE list = 'conversations'), '{}')), '-infinity') AS until;

-- What keeps the database from being all of the workspace, a row each; nothing where everything is here.
--   kind    missing: it can be brought. unavailable: OpenPhone refuses to give it, or its API does not. waiting: it is tried
--           again without anybody doing anything.
CREATE VIEW workspace_gaps AS
SELECT gap.kind, gap.reason, gap.subject, gap.subject_id, accepted.subject IS NOT NULL AS accepted
FROM (
    -- Up to the last thing that is known to have happened in it, or to the listing.
    SELECT gap.kind, gap.reason, gap.subject, ledger.conversation_id AS subject_id
    FROM ledger
    JOIN conversations AS conversation ON conversation.id = ledger.conversation_id
    CROSS JOIN workspace_listed AS listed
    CROSS JOIN LATERAL (SELECT time_span(NULL, least(listed.until, coalesce(conversation.last_activity_at,
        conversation.created_at) + interval '1 millisecond')) AS span) AS needed
    CROSS JOIN LATERAL (SELECT
        CASE WHEN ledger.read_of_v1 @> needed.span OR ledger.thread_key IS NULL OR conversation.absent_since IS NOT NULL
                OR coalesce(ledger.messages_refused, ledger.calls_refused) IS NOT NULL THEN 'unavailable'
            ELSE 'missing' END AS kind,
        CASE WHEN ledger.thread_key IS NULL THEN 'conversations without a number or participants, which v1 cannot be asked for'
            WHEN ledger.read_of_v1 @> needed.span THEN 'conversations of groups, whose calls v1 does not give'
            WHEN conversation.absent_since IS NOT NULL
                THEN 'conversations that OpenPhone does not list any more and that were not read to their end'
            WHEN coalesce(ledger.messages_refused, ledger.calls_refused) IS NULL THEN
                CASE WHEN ledger.messages_read = '{}' AND ledger.calls_read = '{}'
                    THEN 'conversations that have never been read to their end'
                    ELSE 'conversations with a time that has not been read' END
            WHEN EXISTS (SELECT FROM unnest(conversation.participants) AS number WHERE number !~ '^\+[1-9]\d{1,14}$')
                THEN 'conversations with short codes or hidden numbers, which OpenPhone refuses'
            ELSE 'conversations that OpenPhone refuses' END AS reason,
        CASE WHEN ledger.thread_key IS NOT NULL AND ledger.read_of_v1 @> needed.span THEN 'group calls'
            ELSE 'conversation' END AS subject) AS gap
    WHERE NOT ledger.read_whole @> needed.span
    UNION ALL
    SELECT 'missing', 'lists of conversations that have not been read to their end', 'list', 'conversations'
    FROM workspace_listed WHERE until IS NULL AND EXISTS (SELECT FROM import_runs)
    UNION ALL
    SELECT 'missing', 'lists of the directory that have not been read: ' || replace(list, '_', ' '), 'list', list
    FROM (VALUES ('users'), ('contacts'), ('custom_fields')) AS directory(list)
    CROSS JOIN workspace_listed AS listed
    WHERE read_to(coalesce((SELECT read FROM list_records WHERE list_records.list = directory.list), '{}')) < listed.until
    UNION ALL
    SELECT 'missing', 'databases that have not been compared with OpenPhone yet', 'verification', ''
    FROM workspace_listed WHERE until IS NOT NULL AND NOT EXISTS (SELECT FROM verifications WHERE status <> 'running')
    UNION ALL
    -- What the ledger says of readings stands above.
    SELECT 'missing', CASE found.subject WHEN 'media' THEN 'files' WHEN 'activity' THEN 'last activities'
            WHEN 'list' THEN 'lists with rows'
            ELSE found.subject || 's' END || CASE found.kind WHEN 'missing' THEN ' that OpenPhone has and that are not stored'
            ELSE ' that are not stored as they were received' END, found.subject, found.subject_id
    FROM discrepancies AS found
    WHERE found.verification_id = (SELECT max(id) FROM verifications WHERE status <> 'running')
        AND found.kind IN ('missing', 'different') AND (found.check_name <> 'readings' OR found.subject = 'verification')
    UNION ALL
    SELECT CASE WHEN part.status = 'waiting' THEN 'waiting' WHEN part.status IN ('refused', 'unfinished') THEN 'unavailable'
            ELSE 'missing' END,
        CASE part.kind WHEN 'summary' THEN 'summaries' WHEN 'recordings' THEN 'recordings' ELSE part.kind || 's' END
            || ' of calls ' || CASE part.status WHEN 'waiting' THEN 'that OpenPhone is still working on'
                WHEN 'refused' THEN 'that OpenPhone refuses' WHEN 'unfinished' THEN 'that OpenPhone has not finished' WHEN 'failed' THEN 'that could not be read'
                ELSE 'that have not been asked for' END,
        -- Refusals are told and accepted by kind and number.
        'call part', CASE part.status WHEN 'refused' THEN part.kind || ' on ' || coalesce(call.phone_number_id, 'no number')
            ELSE part.call_id || ' ' || part.kind END
    FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
    WHERE part.status IN ('pending', 'waiting', 'refused', 'failed', 'unfinished')
    UNION ALL
    SELECT CASE status WHEN 'failed' THEN 'unavailable' ELSE 'waiting' END, CASE status
            WHEN 'failed' THEN 'files that could not be downloaded' ELSE 'files that have not been downloaded yet' END,
        'media', subject || '/' || subject_id || '/' || position
    FROM media WHERE status IN ('pending', 'failed')
    UNION ALL
    SELECT 'unavailable', 'last activities that OpenPhone names and does not give', 'activity', activity.id
    FROM unavailable_activities AS activity
    WHERE EXISTS (SELECT FROM conversations WHERE last_activity_id = activity.id AND absent_since IS NULL)
        AND NOT EXISTS (SELECT FROM messages WHERE id = activity.id)
        AND NOT EXISTS (SELECT FROM calls WHERE id = activity.id)
) AS gap
LEFT JOIN accepted_gaps AS accepted ON accepted.subject = gap.subject AND accepted.subject_id = gap.subject_id
    AND gap.kind = 'unavailable';
