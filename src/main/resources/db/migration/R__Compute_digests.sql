CREATE OR REPLACE FUNCTION row_digest(p_row conversations) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.phone_number_id, p_row.participants, p_row.thread_key, p_row.name,
        p_row.assigned_to, p_row.last_activity_at, p_row.last_activity_id, p_row.muted_until, p_row.snoozed_until,
        p_row.created_at, p_row.updated_at, p_row.deleted_at, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row messages) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.phone_number_id, p_row.user_id, p_row.direction, p_row.status,
        p_row.from_number, p_row.to_numbers, p_row.text, p_row.created_at, p_row.updated_at, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row calls) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.phone_number_id, p_row.user_id, p_row.participants, p_row.direction,
        p_row.status, p_row.duration, p_row.call_route, p_row.answered_at, p_row.answered_by, p_row.initiated_by,
        p_row.forwarded_from, p_row.forwarded_to, p_row.ai_handled, p_row.completed_at, p_row.created_at, p_row.updated_at,
        p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row call_recordings) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.call_id, p_row.status, p_row.start_time, p_row.duration, p_row.type,
        p_row.payload - 'url'), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row call_voicemails) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.call_id, p_row.status, p_row.duration, p_row.transcript,
        p_row.payload - 'recordingUrl'), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row call_transcripts) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.call_id, p_row.status, p_row.duration, p_row.dialogue, p_row.created_at,
        p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row call_summaries) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.call_id, p_row.status, p_row.summary, p_row.next_steps, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row phone_numbers) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.number, p_row.name, p_row.users, p_row.created_at, p_row.updated_at,
        p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row users) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.email, p_row.first_name, p_row.last_name, p_row.role, p_row.created_at,
        p_row.updated_at, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row contacts) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.external_id, p_row.source, p_row.first_name, p_row.last_name,
        p_row.company, p_row.role, p_row.created_at, p_row.updated_at, p_row.payload, ARRAY(
            SELECT concat_ws(' ', position, label, value, number) FROM contact_phone_numbers
            WHERE contact_id = p_row.id ORDER BY position)), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row contact_custom_fields) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.name, p_row.type, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row organization) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.name, p_row.subscription_status, p_row.created_at,
        p_row.updated_at, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row tasks) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.title, p_row.description, p_row.status, p_row.due_date,
        p_row.assigned_to, p_row.assigned_by, p_row.created_by, p_row.created_at, p_row.conversation_id,
        p_row.phone_number_id, p_row.activity_id, p_row.revision, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row phone_number_hours) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.phone_number_id, p_row.enabled, p_row.timezone, p_row.schedule,
        p_row.restrictions, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row phone_number_members) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.phone_number_id, p_row.user_id, p_row.email, p_row.role, p_row.group_id,
        p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row phone_number_settings) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.phone_number_id, p_row.auto_record, p_row.disclosure_inbound,
        p_row.disclosure_outbound, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row contact_notes) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.contact_id, p_row.text, p_row.created_by, p_row.created_at,
        p_row.updated_at, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row contact_properties) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.contact_id, p_row.id, p_row.type, p_row.name, p_row.value,
        p_row.created_at, p_row.updated_at, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION row_digest(p_row contact_shares) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.contact_id, p_row.shared_with, p_row.created_at, p_row.payload), 0)
$$;

CREATE OR REPLACE FUNCTION stored_directory_part(p_subject_id text, p_kind text, OUT rows bigint, OUT digest numeric)
LANGUAGE sql STABLE AS $$
    SELECT count(*), coalesce(sum(part.digest), 0) FROM (
        SELECT CAST(row_digest(stored) AS numeric) AS digest FROM phone_number_hours AS stored
        WHERE p_kind = 'number_hours' AND phone_number_id = p_subject_id AND absent_since IS NULL
        UNION ALL SELECT row_digest(stored) FROM phone_number_members AS stored
        WHERE p_kind = 'number_members' AND phone_number_id = p_subject_id AND absent_since IS NULL
        UNION ALL SELECT row_digest(stored) FROM phone_number_settings AS stored
        WHERE p_kind = 'number_settings' AND phone_number_id = p_subject_id AND absent_since IS NULL
        UNION ALL SELECT row_digest(stored) FROM contact_notes AS stored
        WHERE p_kind = 'contact_notes' AND contact_id = p_subject_id AND absent_since IS NULL
        UNION ALL SELECT row_digest(stored) FROM contact_properties AS stored
        WHERE p_kind = 'contact_properties' AND contact_id = p_subject_id AND absent_since IS NULL
        UNION ALL SELECT row_digest(stored) FROM contact_shares AS stored
        WHERE p_kind = 'contact_shares' AND contact_id = p_subject_id AND absent_since IS NULL
    ) AS part
$$;

CREATE OR REPLACE FUNCTION stored_part(p_call_id text, p_kind text, OUT rows bigint, OUT digest numeric)
LANGUAGE sql STABLE AS $$
    SELECT count(*), coalesce(sum(part.digest), 0) FROM (
        SELECT CAST(row_digest(stored) AS numeric) AS digest FROM call_recordings AS stored
        WHERE p_kind = 'recordings' AND call_id = p_call_id
        UNION ALL SELECT row_digest(stored) FROM call_voicemails AS stored WHERE p_kind = 'voicemail' AND call_id = p_call_id
        UNION ALL SELECT row_digest(stored) FROM call_transcripts AS stored WHERE p_kind = 'transcript' AND call_id = p_call_id
        UNION ALL SELECT row_digest(stored) FROM call_summaries AS stored WHERE p_kind = 'summary' AND call_id = p_call_id
    ) AS part
$$;

DO $$ BEGIN
COMMENT ON FUNCTION row_digest(conversations) IS
    'What the row says, in one number: all columns that OpenPhone fills, and payload. Imports store it as digest, and '
    'verification compares.';
COMMENT ON FUNCTION row_digest(messages) IS
    'What the row says, in one number: all columns that OpenPhone fills, and payload. Imports store it as digest, and '
    'verification compares.';
COMMENT ON FUNCTION row_digest(calls) IS
    'What the row says, in one number: all columns that OpenPhone fills, and payload. Imports store it as digest, and '
    'verification compares.';
COMMENT ON FUNCTION row_digest(call_recordings) IS
    'What the row says, in one number, without the URL, which is another one each time. See call_parts.digest.';
COMMENT ON FUNCTION row_digest(call_voicemails) IS
    'What the row says, in one number, without the URL, which is another one each time. See call_parts.digest.';
COMMENT ON FUNCTION row_digest(call_transcripts) IS
    'What the row says, in one number. See call_parts.digest.';
COMMENT ON FUNCTION row_digest(call_summaries) IS
    'What the row says, in one number. See call_parts.digest.';
COMMENT ON FUNCTION row_digest(phone_numbers) IS
    'What the row says, in one number: all columns that OpenPhone fills, and payload. Imports store it as digest, and '
    'verification compares.';
COMMENT ON FUNCTION row_digest(users) IS
    'What the row says, in one number: all columns that OpenPhone fills, and payload. Imports store it as digest, and '
    'verification compares.';
COMMENT ON FUNCTION row_digest(contacts) IS
    'What the row and its rows in contact_phone_numbers say, in one number. Imports store it as digest, and verification '
    'compares.';
COMMENT ON FUNCTION row_digest(contact_custom_fields) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION row_digest(organization) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION row_digest(tasks) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION row_digest(phone_number_hours) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION row_digest(phone_number_members) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION row_digest(phone_number_settings) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION row_digest(contact_notes) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION row_digest(contact_properties) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION row_digest(contact_shares) IS
    'What the row says, in one number. Imports store it as digest, and verification compares.';
COMMENT ON FUNCTION stored_directory_part(text, text) IS
    'What is stored of one part of a contact or a number: how many rows OpenPhone listed last, and the sum of their '
    'row_digest. Compared with rows and digest of directory_parts.';
COMMENT ON FUNCTION stored_part(text, text) IS
    'What is stored of one part of a call: the number of its rows and the sum of their row_digest. Compared with rows and '
    'digest of call_parts.';
END $$;
