CREATE OR REPLACE VIEW unknown_participants AS
WITH known AS (
    SELECT phone.number FROM contact_phone_numbers AS phone JOIN contacts AS contact ON contact.id = phone.contact_id
    WHERE contact.absent_since IS NULL AND phone.number IS NOT NULL
), participants AS (
    SELECT DISTINCT conversation.id AS conversation_id, party AS number
    FROM conversations AS conversation CROSS JOIN unnest(conversation.participants) AS party
    WHERE conversation.absent_since IS NULL
        AND party NOT IN (SELECT number FROM phone_numbers WHERE number IS NOT NULL)
        AND party NOT IN (SELECT number FROM known)
), activity AS (
    SELECT conversation_id, count(*) AS messages, 0 AS calls, min(created_at) AS first, max(created_at) AS last
    FROM messages WHERE absent_since IS NULL GROUP BY conversation_id
    UNION ALL
    SELECT conversation_id, 0, count(*), min(created_at), max(created_at)
    FROM calls WHERE absent_since IS NULL GROUP BY conversation_id
)
SELECT participant.number, min(activity.first) AS first_seen, max(activity.last) AS last_seen,
    count(DISTINCT participant.conversation_id) AS conversations,
    CAST(coalesce(sum(activity.messages), 0) AS bigint) AS messages, CAST(coalesce(sum(activity.calls), 0) AS bigint) AS calls
FROM participants AS participant
LEFT JOIN activity ON activity.conversation_id = participant.conversation_id
GROUP BY participant.number;

COMMENT ON VIEW unknown_participants IS
    'Parties of conversations that stand in no contact, for completing the address book. The workspace''s own numbers, '
    'absent contacts and absent conversations are left out.';
COMMENT ON COLUMN unknown_participants.number IS
    'The party as conversations name it, see conversations.participants.';
COMMENT ON COLUMN unknown_participants.first_seen IS
    'When the first message or call of its conversations was created; null without any.';
COMMENT ON COLUMN unknown_participants.last_seen IS
    'When the last message or call of its conversations was created; null without any.';
COMMENT ON COLUMN unknown_participants.conversations IS
    'Number of its conversations.';
COMMENT ON COLUMN unknown_participants.messages IS
    'Number of messages in these.';
COMMENT ON COLUMN unknown_participants.calls IS
    'Number of calls in these.';
