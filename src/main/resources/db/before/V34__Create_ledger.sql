-- The ledger: which times of creation have been read to the end of their pages. Written in the transaction that stores the
-- rows, by every kind of run; nothing else widens it.

-- Everything from p_from on, null for the beginning, that was created before p_to.
CREATE FUNCTION time_span(p_from timestamptz, p_to timestamptz) RETURNS tstzmultirange LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN coalesce(p_from, '-infinity') < p_to
        THEN tstzmultirange(tstzrange(nullif(p_from, '-infinity'), p_to)) ELSE '{}' END
$$;

-- Up to when everything has been read from the beginning on; -infinity where the beginning has not.
CREATE FUNCTION read_to(p_read tstzmultirange) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(lower(CAST('{(,)}' AS tstzmultirange) - p_read), '-infinity')
$$;

-- Of one conversation, asked for by its number and parties.
ALTER TABLE conversation_records
    ADD COLUMN messages_read    tstzmultirange NOT NULL DEFAULT '{}',
    ADD COLUMN calls_read       tstzmultirange NOT NULL DEFAULT '{}',
    -- What OpenPhone said when it refused to give them; null when it gave them, or was not asked.
    ADD COLUMN messages_refused text,
    ADD COLUMN calls_refused    text,
    -- When something was found that should have been read and is not stored as it was: nothing that was read before counts
    -- until it has been read from its beginning again. Null as a rule.
    ADD COLUMN messages_doubted_at timestamptz,
    ADD COLUMN calls_doubted_at    timestamptz;

-- Of the lists of the whole workspace: messages and calls by their time of creation; conversations and the directory as a
-- whole, up to when they were listed.
CREATE TABLE list_records (
    list varchar(20)    NOT NULL,
    read tstzmultirange NOT NULL,
    -- What OpenPhone said when it refused to give a list of the directory; null when it gave it.
    refused text,
    CONSTRAINT list_records_pkey PRIMARY KEY (list)
);

CREATE VIEW ledger AS
SELECT conversation.id AS conversation_id, conversation.thread_key, party.one_to_one,
    messages.read AS messages_read, calls.read AS calls_read,
    record.messages_refused, record.calls_refused,
    -- As far as v1 can be asked: it gives no calls of groups.
    CASE WHEN party.one_to_one THEN messages.read * calls.read ELSE messages.read END AS read_of_v1,
    messages.read * calls.read AS read_whole,
    -- Up to the last thing that is known to have happened in it. One that only rows name says nothing of itself.
    coalesce(conversation.last_activity_at, conversation.created_at, CASE WHEN conversation.payload = '{}'
        THEN coalesce((SELECT max(created_at) FROM messages WHERE conversation_id = conversation.id), '-infinity') END)
        + interval '1 millisecond' AS active_until
FROM conversations AS conversation
LEFT JOIN conversation_records AS record ON record.conversation_id = conversation.id
LEFT JOIN phone_numbers AS own ON own.id = conversation.phone_number_id
CROSS JOIN (SELECT coalesce((SELECT read FROM list_records WHERE list = 'messages'), '{}') AS messages,
    coalesce((SELECT read FROM list_records WHERE list = 'calls'), '{}') AS calls) AS list
CROSS JOIN LATERAL (SELECT coalesce(record.messages_read, '{}')
    + CASE WHEN record.messages_doubted_at IS NULL THEN list.messages ELSE '{}' END AS read) AS messages
CROSS JOIN LATERAL (SELECT coalesce(record.calls_read, '{}')
    + CASE WHEN record.calls_doubted_at IS NULL THEN list.calls ELSE '{}' END AS read) AS calls
CROSS JOIN LATERAL (SELECT count(DISTINCT number) FILTER (WHERE number IS DISTINCT FROM own.number) <= 1 AS one_to_one
    FROM unnest(conversation.participants) AS number) AS party;

-- What earlier versions have read. Runs that were made before the last clearing of the data brought what is gone.
CREATE TEMPORARY TABLE told_run ON COMMIT DROP AS
SELECT * FROM import_runs AS run WHERE created_at > coalesce((SELECT max(at) FROM import_events
    WHERE kind = 'status' AND what LIKE 'Everything that was imported has been cleared%'), '-infinity');

UPDATE conversation_records AS record SET messages_read = told.messages, calls_read = told.calls
FROM (
    SELECT reading.conversation_id, range_agg(span.read) FILTER (WHERE NOT isempty(span.read)) AS messages,
        coalesce(range_agg(span.read) FILTER (WHERE NOT isempty(span.read)
            AND cardinality(conversation.participants) = 1), '{}') AS calls
    FROM import_conversations AS reading
    JOIN told_run AS run ON run.id = reading.run_id
    JOIN conversations AS conversation ON conversation.id = reading.conversation_id AND conversation.thread_key IS NOT NULL
    -- A single range, since some versions of Postgres cannot aggregate multiranges.
    CROSS JOIN LATERAL (SELECT CASE WHEN coalesce(reading.read_after, '-infinity') < least(run.window_to, run.created_at)
        -- OpenPhone was asked for a millisecond more.
        THEN tstzrange(reading.read_after + interval '1 millisecond', least(run.window_to, run.created_at))
        ELSE 'empty' END AS read) AS span
    -- Where slices of time were read, no batch names the conversation.
    WHERE reading.status = 'done' AND reading.batch_id IS NOT NULL
        -- What was shown to a member of a number was a part of it at best.
        AND NOT EXISTS (SELECT FROM import_issues AS issue WHERE issue.run_id = reading.run_id
            AND issue.subject = 'phone number' AND issue.subject_id = conversation.phone_number_id
            AND issue.what LIKE 'OpenPhone refuses its messages to the key''s owner%')
    GROUP BY reading.conversation_id
) AS told
WHERE record.conversation_id = told.conversation_id AND record.read_from IS NOT NULL AND told.messages IS NOT NULL;

INSERT INTO list_records (list, read)
SELECT list, range_agg(read) FROM (
    SELECT list, tstzrange(slice.slice_from, least(slice.slice_to, run.created_at)) AS read
    FROM import_batches AS slice JOIN told_run AS run ON run.id = slice.run_id
    CROSS JOIN (VALUES ('messages'), ('calls')) AS every(list)
    WHERE slice.kind = 'slice' AND slice.status = 'done'
        AND coalesce(slice.slice_from, '-infinity') < least(slice.slice_to, run.created_at)
    UNION ALL
    SELECT list, tstzrange(NULL, run.created_at)
    FROM told_run AS run CROSS JOIN (VALUES ('conversations'), ('users'), ('contacts'), ('custom_fields')) AS every(list)
    WHERE run.listed_at IS NOT NULL AND NOT EXISTS (SELECT FROM import_issues AS issue
        WHERE issue.run_id = run.id AND issue.subject = 'list' AND issue.subject_id = replace(list, '_', ' '))
) AS told
GROUP BY list;

ALTER TABLE conversation_records DROP COLUMN read_from;

-- A run's window is what was asked for. Without a start a reconciliation reads what the ledger lacks.
UPDATE import_runs SET window_from_given = window_from_given AND (type = 'historical' OR NOT fills_gaps);
ALTER TABLE import_runs DROP COLUMN fills_gaps;
