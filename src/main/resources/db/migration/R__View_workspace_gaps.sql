CREATE OR REPLACE VIEW workspace_listed AS
SELECT nullif(read_to(listed.read), '-infinity') AS until, upper(listed.read) AS newest
FROM (SELECT coalesce((SELECT read FROM list_records WHERE list = 'conversations'), '{}') AS read) AS listed;

CREATE OR REPLACE VIEW open_directory_parts AS
SELECT part.subject, part.subject_id, part.kind, part.status, part.finding, part.attempts
FROM directory_parts AS part LEFT JOIN list_records AS record ON record.list = part.kind
WHERE part.status IN ('pending', 'refused', 'failed') AND record.refused IS NULL AND record.left_out IS NULL
    AND NOT EXISTS (SELECT FROM contacts WHERE part.subject = 'contact' AND id = part.subject_id AND absent_since IS NOT NULL)
    AND NOT EXISTS (SELECT FROM phone_numbers
        WHERE part.subject = 'phone number' AND id = part.subject_id AND absent_since IS NOT NULL);

CREATE OR REPLACE VIEW workspace_gaps AS
SELECT gap.kind, gap.reason, gap.subject, gap.subject_id, accepted.subject IS NOT NULL AS accepted
FROM (
    SELECT CASE WHEN lack.missing THEN 'missing' ELSE 'unavailable' END AS kind,
        CASE WHEN ledger.thread_key IS NULL THEN 'conversations without a number or participants, which v1 cannot be asked for'
            WHEN NOT lack.missing AND conversation.absent_since IS NULL
                AND coalesce(list_leaves_out(conversation.id, 'message'), list_leaves_out(conversation.id, 'call')) IS NOT NULL
                THEN 'conversations whose lists leave out what OpenPhone gives by its id'
            WHEN ledger.read_of_v1 @> needed.span THEN 'conversations of groups, whose calls v1 does not give'
            WHEN conversation.absent_since IS NOT NULL
                THEN 'conversations that OpenPhone does not list any more and that were not read to their end'
            WHEN lack.missing AND ledger.messages_read = '{}' AND ledger.calls_read = '{}'
                THEN 'conversations that have never been read to their end'
            WHEN lack.missing THEN 'conversations with a time that has not been read'
            WHEN ledger.left_out_others THEN 'conversations that only one API shows, which has left out messages or calls of others'
            WHEN NOT v1_takes(conversation.participants)
                THEN 'conversations with short codes or hidden numbers, which OpenPhone refuses'
            ELSE 'conversations that OpenPhone refuses' END AS reason,
        CASE WHEN ledger.thread_key IS NOT NULL AND ledger.read_of_v1 @> needed.span THEN 'group calls'
            ELSE 'conversation' END AS subject, ledger.conversation_id AS subject_id
    FROM ledger
    JOIN conversations AS conversation ON conversation.id = ledger.conversation_id
    CROSS JOIN workspace_listed AS listed
    CROSS JOIN LATERAL (SELECT time_span(NULL, least(listed.newest, ledger.active_until)) AS span) AS needed
    -- It can be brought, unless OpenPhone refuses just what is lacking.
    CROSS JOIN LATERAL (SELECT ledger.thread_key IS NOT NULL AND conversation.absent_since IS NULL
        AND (ledger.messages_refused IS NULL AND NOT ledger.messages_read @> needed.span
            OR ledger.calls_refused IS NULL AND ledger.one_to_one AND NOT ledger.calls_read @> needed.span) AS missing) AS lack
    WHERE NOT ledger.read_whole @> needed.span
    UNION ALL
    SELECT 'missing', 'last activities that are listed and not stored', 'activity', conversation.last_activity_id
    FROM conversations AS conversation JOIN ledger ON ledger.conversation_id = conversation.id
    CROSS JOIN workspace_listed AS listed
    WHERE conversation.absent_since IS NULL AND conversation.last_activity_id IS NOT NULL
        AND conversation.last_activity_at < listed.newest AND ledger.read_of_v1 @> conversation.last_activity_at
        AND NOT EXISTS (SELECT FROM messages WHERE id = conversation.last_activity_id)
        AND NOT EXISTS (SELECT FROM calls WHERE id = conversation.last_activity_id)
        AND NOT EXISTS (SELECT FROM unavailable_activities WHERE id = conversation.last_activity_id)
    UNION ALL
    SELECT 'missing', 'lists of conversations that have not been read to their end', 'list', 'conversations'
    FROM workspace_listed WHERE newest IS NULL AND EXISTS (SELECT FROM import_runs)
    UNION ALL
    SELECT CASE WHEN record.refused IS NULL THEN 'missing' ELSE 'unavailable' END, 'lists of the directory that '
            || CASE WHEN record.refused IS NULL THEN 'have not been read: ' ELSE 'OpenPhone refuses: ' END
            || replace(directory.list, '_', ' '), 'list', replace(directory.list, '_', ' ')
    FROM (VALUES ('users'), ('contacts'), ('custom_fields'), ('tasks'), ('organization'), ('number_hours'),
        ('number_members'), ('number_settings'), ('contact_notes'), ('contact_properties'), ('contact_shares')
    ) AS directory(list)
    CROSS JOIN workspace_listed AS listed
    LEFT JOIN list_records AS record ON record.list = directory.list
    WHERE read_to(coalesce(record.read, '{}')) + coalesce(record.good_for, '0') < coalesce(listed.until, listed.newest)
        AND record.left_out IS NULL
    UNION ALL
    -- Where all of a kind are refused, or left out, the list says so above.
    SELECT CASE part.status WHEN 'refused' THEN 'unavailable' ELSE 'missing' END, replace(part.kind, '_', ' ') || ' that '
            || CASE WHEN part.status = 'refused' THEN 'OpenPhone refuses' WHEN part.status = 'failed' THEN 'could not be read'
                WHEN part.attempts > 0 THEN 'OpenPhone has not answered yet' ELSE 'have not been asked for' END,
        part.subject || ' part', part.subject_id || ' ' || replace(part.kind, '_', ' ')
    FROM open_directory_parts AS part
    UNION ALL
    SELECT 'missing', 'databases that have not been compared with OpenPhone yet', 'verification', ''
    FROM workspace_listed WHERE newest IS NOT NULL AND NOT EXISTS (SELECT FROM verifications
        JOIN import_runs AS run ON run.id = run_id WHERE verifications.status <> 'running' AND run.cleared_at IS NULL)
    UNION ALL
    -- What the ledger says of readings stands above.
    SELECT 'missing', CASE WHEN found.subject = 'verification' THEN 'comparisons with OpenPhone that could not be made' ELSE
        CASE found.subject WHEN 'media' THEN 'files' WHEN 'activity' THEN 'last activities'
            WHEN 'list' THEN 'lists with rows'
            ELSE found.subject || 's' END || CASE found.kind WHEN 'missing' THEN ' that OpenPhone has and that are not stored'
            ELSE ' that are not stored as they were received' END END, found.subject, found.subject_id
    FROM discrepancies AS found
    WHERE found.verification_id = (SELECT max(verifications.id) FROM verifications
            JOIN import_runs AS run ON run.id = run_id WHERE verifications.status <> 'running' AND run.cleared_at IS NULL)
        AND found.kind IN ('missing', 'different') AND found.check_name <> 'readings'
    UNION ALL
    SELECT CASE WHEN part.status = 'waiting' THEN 'waiting' WHEN part.status IN ('refused', 'unfinished') THEN 'unavailable'
            ELSE 'missing' END,
        CASE part.kind WHEN 'summary' THEN 'summaries' WHEN 'recordings' THEN 'recordings' ELSE part.kind || 's' END
            || ' of calls ' || CASE WHEN part.status = 'waiting' AND part.asked_at IS NULL THEN 'that are asked for in a moment'
                WHEN part.status = 'waiting' THEN 'that OpenPhone is still working on'
                WHEN part.status = 'refused' THEN 'that OpenPhone refuses'
                WHEN part.status = 'unfinished' THEN 'that OpenPhone has not finished'
                WHEN part.status = 'failed' THEN 'that could not be read'
                WHEN part.attempts > 0 THEN 'that OpenPhone has not answered yet'
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
    FROM media WHERE status = 'pending' AND EXISTS (SELECT FROM import_media AS wanted
            JOIN import_runs AS run ON run.id = wanted.run_id AND run.status <> 'cancelled'
            WHERE wanted.subject = media.subject AND wanted.subject_id = media.subject_id
                AND wanted.position = media.position)
        -- What nothing points to any more, and no run fetches, is not lacking.
        OR status IN ('pending', 'failed') AND EXISTS (SELECT FROM media_urls AS file
            WHERE file.subject = media.subject AND file.subject_id = media.subject_id AND file.position = media.position)
    UNION ALL
    SELECT 'unavailable', 'last activities that OpenPhone names and does not give', 'activity', activity.id
    FROM unavailable_activities AS activity
    WHERE EXISTS (SELECT FROM conversations WHERE last_activity_id = activity.id AND absent_since IS NULL)
        AND NOT EXISTS (SELECT FROM messages WHERE id = activity.id)
        AND NOT EXISTS (SELECT FROM calls WHERE id = activity.id)
) AS gap
LEFT JOIN accepted_gaps AS accepted ON accepted.subject = gap.subject AND accepted.subject_id = gap.subject_id
    AND gap.kind = 'unavailable';

COMMENT ON VIEW workspace_listed IS
    'One row: up to when the conversations of the workspace were listed to their end, and what was to be read of them was read '
    'and verified.';
COMMENT ON COLUMN workspace_listed.until IS
    'When the last run began that has read all it wanted to, what changed late included, and was verified: what is said about '
    'the whole workspace ends there. Null when none has.';
COMMENT ON COLUMN workspace_listed.newest IS
    'When they were listed last: what was shown counts as missing where it has not been read. Null when they never were.';

COMMENT ON VIEW open_directory_parts IS
    'Parts of contacts and numbers that are not stored as OpenPhone has them, but for those of kinds that are refused '
    'altogether or left out, and of what OpenPhone does not list any more.';
COMMENT ON COLUMN open_directory_parts.subject IS
    'See directory_parts.subject.';
COMMENT ON COLUMN open_directory_parts.subject_id IS
    'See directory_parts.subject_id.';
COMMENT ON COLUMN open_directory_parts.kind IS
    'See directory_parts.kind.';
COMMENT ON COLUMN open_directory_parts.status IS
    'See directory_parts.status.';
COMMENT ON COLUMN open_directory_parts.finding IS
    'See directory_parts.finding.';
COMMENT ON COLUMN open_directory_parts.attempts IS
    'See directory_parts.attempts.';

COMMENT ON VIEW workspace_gaps IS
    'What keeps the database from holding all of the workspace, a row each; no rows when everything is here.';
COMMENT ON COLUMN workspace_gaps.kind IS
    'missing: it can be imported. unavailable: OpenPhone refuses it, or its API does not give it. waiting: it is tried again '
    'automatically.';
COMMENT ON COLUMN workspace_gaps.reason IS
    'What it is, to be read after a number: conversations that have never been read to their end.';
COMMENT ON COLUMN workspace_gaps.subject IS
    'Kind of the subject, as in discrepancies.subject.';
COMMENT ON COLUMN workspace_gaps.subject_id IS
    'Which one, as in discrepancies.subject_id.';
COMMENT ON COLUMN workspace_gaps.accepted IS
    'Whether an operator has accepted to be without it, see accepted_gaps.';
