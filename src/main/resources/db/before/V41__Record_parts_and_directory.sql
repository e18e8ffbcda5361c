-- What rows said when they were imported, for those that verification did not see before: parts of calls, and the directory.
-- URLs of files are others each time they are asked for.
CREATE FUNCTION row_digest(p_row call_recordings) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.call_id, p_row.status, p_row.start_time, p_row.duration, p_row.type,
        p_row.payload - 'url'), 0)
$$;
CREATE FUNCTION row_digest(p_row call_voicemails) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.call_id, p_row.status, p_row.duration, p_row.transcript,
        p_row.payload - 'recordingUrl'), 0)
$$;
CREATE FUNCTION row_digest(p_row call_transcripts) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.call_id, p_row.status, p_row.duration, p_row.dialogue, p_row.created_at,
        p_row.payload), 0)
$$;
CREATE FUNCTION row_digest(p_row call_summaries) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.call_id, p_row.status, p_row.summary, p_row.next_steps, p_row.payload), 0)
$$;

-- What is stored of one kind of one call.
CREATE FUNCTION stored_part(p_call_id text, p_kind text, OUT rows bigint, OUT digest numeric) LANGUAGE sql STABLE AS $$
    SELECT count(*), coalesce(sum(part.digest), 0) FROM (
        SELECT CAST(row_digest(stored) AS numeric) AS digest FROM call_recordings AS stored
        WHERE p_kind = 'recordings' AND call_id = p_call_id
        UNION ALL SELECT row_digest(stored) FROM call_voicemails AS stored WHERE p_kind = 'voicemail' AND call_id = p_call_id
        UNION ALL SELECT row_digest(stored) FROM call_transcripts AS stored WHERE p_kind = 'transcript' AND call_id = p_call_id
        UNION ALL SELECT row_digest(stored) FROM call_summaries AS stored WHERE p_kind = 'summary' AND call_id = p_call_id
    ) AS part
$$;
-- Number and digest of the rows of a part, written in the transaction that stores them.
ALTER TABLE call_parts ADD COLUMN rows bigint, ADD COLUMN digest numeric;
UPDATE call_parts AS part SET rows = stored.rows, digest = stored.digest
FROM call_parts AS known CROSS JOIN LATERAL stored_part(known.call_id, known.kind) AS stored
WHERE known.call_id = part.call_id AND known.kind = part.kind AND part.status IN ('stored', 'unfinished');

CREATE FUNCTION row_digest(p_row phone_numbers) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.number, p_row.name, p_row.users, p_row.created_at, p_row.updated_at,
        p_row.payload), 0)
$$;
CREATE FUNCTION row_digest(p_row users) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.email, p_row.first_name, p_row.last_name, p_row.role, p_row.created_at,
        p_row.updated_at, p_row.payload), 0)
$$;
-- With its numbers, which have rows of their own.
CREATE FUNCTION row_digest(p_row contacts) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.external_id, p_row.source, p_row.first_name, p_row.last_name,
        p_row.company, p_row.role, p_row.created_at, p_row.updated_at, p_row.payload, ARRAY(
            SELECT concat_ws(' ', position, label, value, number) FROM contact_phone_numbers
            WHERE contact_id = p_row.id ORDER BY position)), 0)
$$;
CREATE FUNCTION row_digest(p_row contact_custom_fields) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hash_record_extended(ROW(p_row.id, p_row.name, p_row.type, p_row.payload), 0)
$$;
-- Null in a row that no import has written.
ALTER TABLE phone_numbers ADD COLUMN digest bigint;
ALTER TABLE users ADD COLUMN digest bigint;
ALTER TABLE contacts ADD COLUMN digest bigint;
ALTER TABLE contact_custom_fields ADD COLUMN digest bigint;
UPDATE phone_numbers AS stored SET digest = row_digest(stored);
UPDATE users AS stored SET digest = row_digest(stored) WHERE last_run_id IS NOT NULL;
UPDATE contacts AS stored SET digest = row_digest(stored) WHERE last_run_id IS NOT NULL;
UPDATE contact_custom_fields AS stored SET digest = row_digest(stored) WHERE last_run_id IS NOT NULL;
-- How many rows there were when the list was last read to its end; null for lists whose rows are recorded elsewhere.
ALTER TABLE list_records ADD COLUMN rows bigint;
UPDATE list_records SET rows = CASE list WHEN 'users' THEN (SELECT count(digest) FROM users)
    WHEN 'contacts' THEN (SELECT count(digest) FROM contacts)
    WHEN 'custom_fields' THEN (SELECT count(digest) FROM contact_custom_fields) END;
