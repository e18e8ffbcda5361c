-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE conversation_records IS
    'What was imported of each conversation, in numbers, and which times were read. Written in the transactions that store '
    'rows and never counted from them, so that verification notices rows that something else has changed or deleted. The '
    'view ledger adds what lists of the whole workspace have read.';
COMMENT ON COLUMN conversation_records.conversation_id IS
    'OpenPhone''s id, see conversations.id.';
COMMENT ON COLUMN conversation_records.messages IS
    'Messages that were imported and are not absent.';
COMMENT ON COLUMN conversation_records.messages_digest IS
    'Sum of messages.digest of these.';
COMMENT ON COLUMN conversation_records.messages_read IS
    'Times of creation for which messages were read to their last page, by reading this conversation; {} for none.';
COMMENT ON COLUMN conversation_records.messages_refused IS
    'What OpenPhone said when it refused to give messages; null when it gave them, or they were not requested.';
COMMENT ON COLUMN conversation_records.messages_doubted_at IS
    'When something was found that should have been here: what was read of messages before does not count until they are '
    'read from the beginning. Null as a rule.';
COMMENT ON COLUMN conversation_records.calls IS
    'Calls that were imported and are not absent.';
COMMENT ON COLUMN conversation_records.calls_digest IS
    'Sum of calls.digest of these.';
COMMENT ON COLUMN conversation_records.calls_read IS
    'Times of creation for which calls were read to their last page, by reading this conversation; {} for none.';
COMMENT ON COLUMN conversation_records.calls_refused IS
    'What OpenPhone said when it refused to give calls; null when it gave them, or they were not requested.';
COMMENT ON COLUMN conversation_records.calls_doubted_at IS
    'When something was found that should have been here: what was read of calls before does not count until they are read '
    'from the beginning. Null as a rule.';

COMMENT ON TABLE list_records IS
    'Which times were read of lists that show the whole workspace. Written in the transactions that store the rows.';
COMMENT ON COLUMN list_records.list IS
    'messages, calls, conversations, users, contacts, custom_fields, tasks, organization, number_hours, number_members, '
    'number_settings, contact_notes, contact_properties or contact_shares.';
COMMENT ON COLUMN list_records.read IS
    'Messages and calls: times of creation that were read to the last page. Others: up to when the list was read to its end.';
COMMENT ON COLUMN list_records.doubted_at IS
    'When v1 alone read conversations that OpenPhone had not shown before: the newer API''s lists of messages and calls are read '
    'from the beginning again. Null as a rule, and for other lists.';
COMMENT ON COLUMN list_records.good_for IS
    'How long after it was read a list of the directory counts as read: so long reconciliations do not read it again, see '
    'DIRECTORY_LISTS_AGE. Null where it does not.';
COMMENT ON COLUMN list_records.left_out IS
    'What leaves the list out by configuration, such as DIRECTORY_NOTES=false; null when it is wanted. What is left out does '
    'not count as missing.';
COMMENT ON COLUMN list_records.refused IS
    'What OpenPhone said when it refused to give the list; null when it gave it.';
COMMENT ON COLUMN list_records.unconfirmed IS
    'Why only one API gave the list although both were to be asked, a sentence; null where both gave it, or only one was to '
    'be asked.';
COMMENT ON COLUMN list_records.rows IS
    'Rows of the list''s table when it was last read to its end; null for messages, calls and conversations.';

COMMENT ON TABLE unavailable_activities IS
    'Last activities that OpenPhone names and does not give, such as calls of groups. Written by verifications; known ones '
    'are not requested every day.';
COMMENT ON COLUMN unavailable_activities.id IS
    'OpenPhone''s id, AC..., see conversations.last_activity_id.';
COMMENT ON COLUMN unavailable_activities.finding IS
    'What OpenPhone said, a sentence.';
COMMENT ON COLUMN unavailable_activities.found_at IS
    'When OpenPhone last refused it.';

COMMENT ON TABLE found_by_id IS
    'Messages and calls that no list has shown and that OpenPhone gave by their ids: as long as its conversation is read without them, '
    'it does not count as read. A row goes when a list shows it.';
COMMENT ON COLUMN found_by_id.id IS
    'OpenPhone''s id, AC..., of a message or call that is stored.';
COMMENT ON COLUMN found_by_id.conversation_id IS
    'OpenPhone''s id of its conversation, see conversations.id.';
COMMENT ON COLUMN found_by_id.subject IS
    'message or call.';
COMMENT ON COLUMN found_by_id.found_at IS
    'When it was given first.';

COMMENT ON TABLE accepted_gaps IS
    'What OpenPhone does not give, and an operator has accepted to be without. It counts only while OpenPhone does not give '
    'it; cleared with the imported data.';
COMMENT ON COLUMN accepted_gaps.subject IS
    'Kind of the subject, as in discrepancies.subject.';
COMMENT ON COLUMN accepted_gaps.subject_id IS
    'Which one, as in discrepancies.subject_id.';
COMMENT ON COLUMN accepted_gaps.finding IS
    'What the verification had found, a sentence.';
COMMENT ON COLUMN accepted_gaps.accepted_by IS
    'Name of the operator.';
COMMENT ON COLUMN accepted_gaps.reason IS
    'Why, in the operator''s words.';
COMMENT ON COLUMN accepted_gaps.accepted_at IS
    'When it was accepted.';

END $$;
