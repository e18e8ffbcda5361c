CREATE OR REPLACE FUNCTION list_leaves_out(conversation text, kind text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT 'OpenPhone''s list leaves out ' || min(id) || ', which it gives by its id' FROM found_by_id
    WHERE conversation_id = conversation AND subject = kind
$$;
COMMENT ON FUNCTION list_leaves_out(text, text) IS
    'Why a conversation that was read to its last page does not count as read: its list did not show a message or call (kind) '
    'that OpenPhone gives by its id, so it may leave out others. Null when that is not so.';

CREATE OR REPLACE VIEW ledger AS
SELECT conversation.id AS conversation_id, conversation.thread_key, party.one_to_one,
    messages.read AS messages_read, calls.read AS calls_read,
    record.messages_refused, record.calls_refused,
    -- As far as v1 can be asked: it gives no calls of groups.
    CASE WHEN party.one_to_one THEN messages.read * calls.read ELSE messages.read END AS read_of_v1,
    messages.read * calls.read AS read_whole,
    -- Up to the last thing that is known to have happened in it. One that only rows name says nothing of itself.
    coalesce(conversation.last_activity_at, conversation.created_at, CASE WHEN conversation.payload = '{}'
        THEN coalesce((SELECT max(created_at) FROM messages WHERE conversation_id = conversation.id), '-infinity') END)
        + interval '1 millisecond' AS active_until,
    -- Whether it was read, and does not count, as Repair says in these words.
    record.messages_doubted_at IS NOT NULL
        AND coalesce(record.messages_refused LIKE 'The API of 2026-03-30 has left out %', false) AS left_out_others
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

COMMENT ON VIEW ledger IS
    'Which times were read of each conversation: by reading it, as conversation_records says, or by lists of the whole '
    'workspace, as list_records says.';
COMMENT ON COLUMN ledger.conversation_id IS
    'OpenPhone''s id, see conversations.id.';
COMMENT ON COLUMN ledger.thread_key IS
    'See conversations.thread_key.';
COMMENT ON COLUMN ledger.one_to_one IS
    'Whether there is at most one other party.';
COMMENT ON COLUMN ledger.messages_read IS
    'Times of creation for which messages were read to their last page; {} for none.';
COMMENT ON COLUMN ledger.calls_read IS
    'Times of creation for which calls were read to their last page; {} for none.';
COMMENT ON COLUMN ledger.messages_refused IS
    'See conversation_records.messages_refused.';
COMMENT ON COLUMN ledger.calls_refused IS
    'See conversation_records.calls_refused.';
COMMENT ON COLUMN ledger.read_of_v1 IS
    'Times that were read as far as v1 can: it gives no calls of groups.';
COMMENT ON COLUMN ledger.read_whole IS
    'Times for which both messages and calls were read.';
COMMENT ON COLUMN ledger.left_out_others IS
    'Whether what was read of it is in doubt because the only API that shows it has left out messages or calls of others.';
COMMENT ON COLUMN ledger.active_until IS
    'A millisecond after the last thing that is known to have happened in the conversation: what was read up to here is '
    'enough. Null when nothing is known, -infinity when only rows without a time name the conversation.';
