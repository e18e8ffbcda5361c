-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE conversations IS
    'Conversations of the workspace: one of its numbers and one or more other parties. start-run stores them when it lists. '
    'Nothing is ever deleted; absent_since marks conversations that OpenPhone does not list any more. conversation_overview '
    'adds names and counts.';
COMMENT ON COLUMN conversations.id IS
    'OpenPhone''s id, CN...';
COMMENT ON COLUMN conversations.phone_number_id IS
    'The workspace''s own number, PN..., see phone_numbers.id. The number may have been deleted since, so there is no '
    'foreign key. Null when OpenPhone does not name it.';
COMMENT ON COLUMN conversations.participants IS
    'The other parties: E.164 numbers, short codes, or Anonymous, Blocked or Restricted. Several in a group, may be empty; '
    'in some workspaces the own number stands among them.';
COMMENT ON COLUMN conversations.thread_key IS
    'phone_number_id and participants, sorted, in one text: conversations with the same key are read together. Null without '
    'a number or participants: v1 cannot read such a conversation.';
COMMENT ON COLUMN conversations.name IS
    'Name that the conversation was given in OpenPhone; null as a rule.';
COMMENT ON COLUMN conversations.assigned_to IS
    'User (US...) or AI agent (SYU...) that it is assigned to; null when it is not. Only v1 tells it; documents without the '
    'field leave it as it is.';
COMMENT ON COLUMN conversations.last_activity_at IS
    'When its last message or call happened, as OpenPhone says, which may be out of date; null when OpenPhone does not say.';
COMMENT ON COLUMN conversations.last_activity_id IS
    'Id of its last message or call, AC..., see messages.id and calls.id; null when OpenPhone does not say.';
COMMENT ON COLUMN conversations.muted_until IS
    'Until when it is muted; null when it is not.';
COMMENT ON COLUMN conversations.snoozed_until IS
    'Until when it is snoozed; null when it is not.';
COMMENT ON COLUMN conversations.created_at IS
    'When it was created in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN conversations.updated_at IS
    'When it last changed in OpenPhone; null when OpenPhone does not say. A document with an older one is not stored.';
COMMENT ON COLUMN conversations.deleted_at IS
    'When it was deleted in OpenPhone; null when it was not.';
COMMENT ON COLUMN conversations.payload IS
    'The document as received from OpenPhone; {} for a conversation that no list has shown and only messages or calls name.';
COMMENT ON COLUMN conversations.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN conversations.absent_since IS
    'When a verification found that OpenPhone does not list it any more; null while OpenPhone lists it.';
COMMENT ON COLUMN conversations.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a row that '
    'no import has written.';

COMMENT ON TABLE conversation_lists IS
    'Whose lists have shown a conversation: only an API that has listed it before can tell that it is gone. A conversation '
    'without a row was stored before this was noted, or only messages or calls name it.';
COMMENT ON COLUMN conversation_lists.conversation_id IS
    'OpenPhone''s id, see conversations.id.';
COMMENT ON COLUMN conversation_lists.apis IS
    'The APIs that have listed it: v1, 2026-03-30.';

COMMENT ON TABLE messages IS
    'Text messages. import-batch stores them under OpenPhone''s ids; an older document never overwrites a newer one. Their '
    'files are in media. Nothing is ever deleted; absent_since marks messages that OpenPhone does not show any more.';
COMMENT ON COLUMN messages.id IS
    'OpenPhone''s id, AC..., unique among messages and calls together; unidentified-... where OpenPhone gives none.';
COMMENT ON COLUMN messages.conversation_id IS
    'The conversation, CN..., see conversations.id: the one that the message names, else the one that was read.';
COMMENT ON COLUMN messages.phone_number_id IS
    'The workspace''s own number, PN..., see phone_numbers.id; null when OpenPhone does not name it.';
COMMENT ON COLUMN messages.user_id IS
    'User (US...) or AI agent (SYU...) that sent it, see users.id; null on incoming messages.';
COMMENT ON COLUMN messages.direction IS
    'incoming or outgoing.';
COMMENT ON COLUMN messages.status IS
    'queued, sent, delivered, undelivered, received or failed. A value that is not known is stored with a warning in '
    'import_issues.';
COMMENT ON COLUMN messages.from_number IS
    'Sender: an E.164 number, a short code or a name.';
COMMENT ON COLUMN messages.to_numbers IS
    'Recipients: E.164 numbers or short codes; the own number on incoming messages.';
COMMENT ON COLUMN messages.text IS
    'The text. U+FFFD stands for characters that PostgreSQL cannot store.';
COMMENT ON COLUMN messages.created_at IS
    'When it was sent or received; null, with a warning in import_issues, when OpenPhone does not say.';
COMMENT ON COLUMN messages.updated_at IS
    'When its status last changed; null when OpenPhone does not say. A document with an older one is not stored.';
COMMENT ON COLUMN messages.payload IS
    'The document as received from OpenPhone; media names the files.';
COMMENT ON COLUMN messages.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has, and when a retry will count it again.';
COMMENT ON COLUMN messages.absent_since IS
    'When a verification found that OpenPhone does not show it in its conversation; null while it does. An absent message no '
    'longer counts.';
COMMENT ON COLUMN messages.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a row that '
    'no import has written.';

END $$;
