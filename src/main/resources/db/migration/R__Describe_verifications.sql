-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE verifications IS
    'Comparisons of the database with OpenPhone, each with a verdict. keep-runs makes one before a run ends, and when an '
    'operator starts one; a killed one goes on where it stood.';
COMMENT ON COLUMN verifications.id IS
    'Counts up; the newest of a run is its verdict.';
COMMENT ON COLUMN verifications.run_id IS
    'The run whose window is compared, see import_runs.id.';
COMMENT ON COLUMN verifications.status IS
    'running: under way. clean: nothing is missing or different. discrepancies: something is, see discrepancies.';
COMMENT ON COLUMN verifications.finding IS
    'What is missing or different, in short; null while it is running, and when it is clean.';
COMMENT ON COLUMN verifications.checks IS
    'What was compared: [{name, checked, found, finding}], with the number of rows compared and of discrepancies; [] while '
    'it is running.';
COMMENT ON COLUMN verifications.checked_at IS
    'When the verdict was written; while it is running, when it began.';
COMMENT ON COLUMN verifications.started_at IS
    'When it began.';
COMMENT ON COLUMN verifications.complete IS
    'Whether everything is read again ({"full":true}), or only what is in doubt.';
COMMENT ON COLUMN verifications.ends_run IS
    'Whether its verdict ends the run; one that an operator started changes no run.';
COMMENT ON COLUMN verifications.stage IS
    'What it does: numbers (list the workspace''s numbers), listing (list all conversations), gap (list those that were '
    'updated meanwhile), witness (list those of the other API generation), doubts (find what has to be requested), questions '
    '(request it), conclusion (compare), done.';
COMMENT ON COLUMN verifications.token IS
    'OpenPhone''s token for the next page of the stage; null for the first page.';
COMMENT ON COLUMN verifications.listing_id IS
    'Listing that it compares with, see listed_conversations; the id of the run when it takes what the run itself has just '
    'listed.';
COMMENT ON COLUMN verifications.listed_from IS
    'When that listing began; null before.';
COMMENT ON COLUMN verifications.numbers IS
    'The workspace''s numbers as OpenPhone listed them for it: documents as received.';
COMMENT ON COLUMN verifications.checked_media IS
    'media.id of the last file that it has looked for in the store; 0 before the first.';
COMMENT ON COLUMN verifications.samples_all IS
    'Whether the conversations that were compared with the other API were chosen from all that are stored, and not from those of '
    'the run alone.';
COMMENT ON COLUMN verifications.attempts IS
    'Claims since it last made progress: workers that died on it, or got no answer.';
COMMENT ON COLUMN verifications.lease_owner IS
    'Worker that makes it; null when none does.';
COMMENT ON COLUMN verifications.lease_until IS
    'Until when other workers keep away from it; null when none has begun, and when it is done.';

COMMENT ON TABLE discrepancies IS
    'Differences between OpenPhone and the database that a verification found. Of two about the same subject the graver one '
    'is kept.';
COMMENT ON COLUMN discrepancies.id IS
    'Counts up.';
COMMENT ON COLUMN discrepancies.verification_id IS
    'The verification, see verifications.id.';
COMMENT ON COLUMN discrepancies.kind IS
    'missing: OpenPhone has it and it is not stored. different: what is stored is not what was received. These two fail a '
    'run and can be repaired. unavailable: OpenPhone refuses it, or its API does not give it. accepted: unavailable, and '
    'accepted by an operator. newer: it came or changed after the run, or outside of its time range. waiting: it is tried '
    'again automatically. absent: it is stored and OpenPhone does not show it any more.';
COMMENT ON COLUMN discrepancies.subject IS
    'Kind of the subject: conversation, message, call, call part, group calls, activity, media, user, contact, custom field, '
    'phone number, task, organization, contact part, phone number part, list, slice, verification.';
COMMENT ON COLUMN discrepancies.subject_id IS
    'OpenPhone''s id of the subject, or its name where it has none: AC123 transcript (a part of a call), message/AC123/0 (a '
    'file), contacts (a list).';
COMMENT ON COLUMN discrepancies.finding IS
    'What was found, a sentence.';
COMMENT ON COLUMN discrepancies.conversation_id IS
    'Conversation that it belongs to, which a repair reads again; null when it belongs to none.';
COMMENT ON COLUMN discrepancies.check_name IS
    'Check that found it: conversations, activities, readings, rows, files, directory, numbers or absences.';

COMMENT ON TABLE listed_conversations IS
    'Conversations as OpenPhone listed them, for reconciliations and verifications to compare with. Deleted when no run and '
    'no verification needs the listing any more.';
COMMENT ON COLUMN listed_conversations.listing_id IS
    'The listing: the id of the run that made it, or verifications.listing_id.';
COMMENT ON COLUMN listed_conversations.conversation_id IS
    'OpenPhone''s id, see conversations.id.';
COMMENT ON COLUMN listed_conversations.position IS
    'Order of the listing, across listings.';
COMMENT ON COLUMN listed_conversations.by_v1 IS
    'Whether v1 lists it.';
COMMENT ON COLUMN listed_conversations.by_dated IS
    'Whether the API of 2026-03-30 lists it.';
COMMENT ON COLUMN listed_conversations.last_activity_id IS
    'As in conversations.';
COMMENT ON COLUMN listed_conversations.last_activity_at IS
    'As in conversations.';
COMMENT ON COLUMN listed_conversations.created_at IS
    'As in conversations.';
COMMENT ON COLUMN listed_conversations.updated_at IS
    'As in conversations.';
COMMENT ON COLUMN listed_conversations.payload IS
    'The document as received from OpenPhone.';

COMMENT ON TABLE verification_questions IS
    'What a verification requests from OpenPhone beyond lists.';
COMMENT ON COLUMN verification_questions.verification_id IS
    'The verification, see verifications.id.';
COMMENT ON COLUMN verification_questions.kind IS
    'activity: a last activity that is not stored. conversation: all of a conversation whose rows are in doubt.';
COMMENT ON COLUMN verification_questions.subject_id IS
    'OpenPhone''s id of the activity or conversation.';
COMMENT ON COLUMN verification_questions.conversation_id IS
    'The conversation that it is about, see conversations.id.';
COMMENT ON COLUMN verification_questions.sampled IS
    'Whether the conversation was chosen at random, to be compared with what the witness has. See import_runs.witness.';
COMMENT ON COLUMN verification_questions.attempts IS
    'Times that OpenPhone did not answer it; after several it counts as missing.';
COMMENT ON COLUMN verification_questions.answered_at IS
    'When it was answered or given up; null while it is open.';

END $$;
