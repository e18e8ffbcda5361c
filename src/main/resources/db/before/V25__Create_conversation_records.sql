-- What a row said when it was imported, in one number: a row that says something else now was changed by somebody else.
CREATE FUNCTION row_digest(p_row conversations) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.phone_number_id, p_row.participants, p_row.thread_key, p_row.name,
        p_row.assigned_to, p_row.last_activity_at, p_row.last_activity_id, p_row.muted_until, p_row.snoozed_until,
        p_row.created_at, p_row.updated_at, p_row.deleted_at, p_row.payload), 0)
$$;

CREATE FUNCTION row_digest(p_row messages) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.phone_number_id, p_row.user_id, p_row.direction, p_row.status,
        p_row.from_number, p_row.to_numbers, p_row.text, p_row.created_at, p_row.updated_at, p_row.payload), 0)
$$;

CREATE FUNCTION row_digest(p_row calls) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.phone_number_id, p_row.user_id, p_row.participants, p_row.direction,
        p_row.status, p_row.duration, p_row.call_route, p_row.answered_at, p_row.answered_by, p_row.initiated_by,
        p_row.forwarded_from, p_row.forwarded_to, p_row.ai_handled, p_row.completed_at, p_row.created_at, p_row.updated_at,
        p_row.payload), 0)
$$;

-- Null in a row that no import has written.
ALTER TABLE conversations ADD COLUMN digest bigint;
ALTER TABLE messages ADD COLUMN digest bigint;
ALTER TABLE calls ADD COLUMN digest bigint;

-- Number and digest of what was imported of a conversation and is not absent: kept in the transactions that write the
-- rows, never counted from them, so that a row that somebody deleted is missed. Digests are sums of the rows' own, so pages
-- may come in any order and twice.
CREATE TABLE conversation_records (
    conversation_id text        NOT NULL,
    messages        integer     NOT NULL DEFAULT 0,
    messages_digest numeric     NOT NULL DEFAULT 0,
    calls           integer     NOT NULL DEFAULT 0,
    calls_digest    numeric     NOT NULL DEFAULT 0,
    -- Everything since then has been read to the end of its pages; -infinity for everything, null for nothing yet.
    read_from       timestamptz,
    CONSTRAINT conversation_records_pkey PRIMARY KEY (conversation_id)
);

UPDATE conversations SET digest = row_digest(conversations) WHERE last_run_id IS NOT NULL;
UPDATE messages SET digest = row_digest(messages) WHERE last_run_id IS NOT NULL;
UPDATE calls SET digest = row_digest(calls) WHERE last_run_id IS NOT NULL;

INSERT INTO conversation_records (conversation_id, messages, messages_digest, calls, calls_digest)
SELECT conversation_id, sum(messages), sum(messages_digest), sum(calls), sum(calls_digest)
FROM (
    SELECT conversation_id, 1 AS messages, CAST(digest AS numeric) AS messages_digest, 0 AS calls, 0 AS calls_digest
    FROM messages WHERE digest IS NOT NULL AND absent_since IS NULL
    UNION ALL
    SELECT conversation_id, 0, 0, 1, digest FROM calls WHERE digest IS NOT NULL AND absent_since IS NULL
) AS stored
WHERE conversation_id IS NOT NULL
GROUP BY conversation_id;

INSERT INTO conversation_records AS record (conversation_id, read_from)
SELECT reading.conversation_id, min(CASE WHEN run.window_from_given THEN run.window_from ELSE '-infinity' END)
FROM import_conversations AS reading JOIN import_runs AS run ON run.id = reading.run_id
WHERE reading.status = 'done' AND run.window_to IS NULL
GROUP BY reading.conversation_id
ON CONFLICT (conversation_id) DO UPDATE SET read_from = excluded.read_from;

-- What was created before is left out when the conversation is read; null when nothing is.
ALTER TABLE import_conversations ADD COLUMN read_after timestamptz;
UPDATE import_conversations AS reading SET read_after = run.window_from
FROM import_runs AS run WHERE run.id = reading.run_id AND run.window_from_given;
