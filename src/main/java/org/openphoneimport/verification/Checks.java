package org.openphoneimport.verification;

import java.util.ArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

import org.openphoneimport.call.CallPart;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.directory.DirectoryParts;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The checks that Postgres can make by itself, once everything that has to be asked for has been. */
@ApplicationScoped
class Checks {

    /**
     * Whether a row, named {@code stored}, may have been written after the verification had asked for its lists: by a run that
     * was going on then. A run that is verified before it ends writes nothing meanwhile, but has before, if the list is its
     * own.
     */
    private static final String STORED_SINCE = """
            EXISTS (SELECT FROM import_runs AS writer JOIN verifications AS ours ON ours.id = :verification
                WHERE writer.id = coalesce(stored.last_run_id, writer.id)
                    AND (writer.completed_at IS NULL OR writer.completed_at >= ours.listed_from)
                    AND NOT (writer.id = ours.run_id AND ours.ends_run
                        AND (ours.listing_id <> ours.run_id OR stored.last_run_id IS NOT NULL)))
            """;

    private final EntityManager entityManager;

    Checks(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    void run(VerificationClaim claim) {
        checkConversations(claim);
        checkReadings(claim);
        checkActivities(claim);
        checkParts(claim);
        checkFiles(claim);
        checkDirectory(claim);
        checkNumbers(claim);
        checkAbsences(claim);
        // What is absent now and was never read cannot be read any more.
        checkLedger(claim);
    }

    private void checkConversations(VerificationClaim claim) {
        find(claim, Check.CONVERSATIONS, """
                SELECT CASE WHEN listed.created_at > coalesce(run.window_to, CAST(:runStarted AS timestamptz)) THEN 'newer'
                        ELSE 'missing' END, 'conversation', listed.conversation_id,
                    CASE WHEN listed.created_at > coalesce(run.window_to, CAST(:runStarted AS timestamptz))
                        THEN 'It came after the run' ELSE 'OpenPhone lists it, but it is not stored' END,
                    listed.conversation_id
                FROM listed_conversations AS listed JOIN import_runs AS run ON run.id = :run
                WHERE listed.listing_id = :listing
                    AND NOT EXISTS (SELECT FROM conversations WHERE id = listed.conversation_id)
                UNION ALL
                SELECT 'different', 'conversation', stored.id,
                    CASE WHEN stored.digest IS NULL THEN 'No import has written it'
                        ELSE 'It was changed after it was imported' END, stored.id
                FROM conversations AS stored
                WHERE stored.digest IS DISTINCT FROM row_digest(stored) AND stored.absent_since IS NULL
                    AND EXISTS (SELECT FROM listed_conversations WHERE listing_id = :listing AND conversation_id = stored.id)
                UNION ALL
                SELECT 'newer', 'conversation', stored.id, 'It changed after the run', stored.id
                FROM conversations AS stored
                JOIN listed_conversations AS listed ON listed.conversation_id = stored.id AND listed.listing_id = :listing
                WHERE listed.updated_at > stored.updated_at AND stored.digest = row_digest(stored)
                """);
    }

    /** A page that had another behind it was not the last: a conversation that is not done has not been read to its end. */
    private void checkReadings(VerificationClaim claim) {
        find(claim, Check.READINGS, """
                SELECT 'missing', 'conversation', reading.conversation_id, 'It has not been read to its end' || coalesce((
                    SELECT '. ' || what FROM import_issues AS issue WHERE issue.run_id = reading.run_id
                        AND issue.subject = 'conversation' AND issue.level = 'error' AND resolved_at IS NULL
                        AND issue.subject_id = coalesce(reading.same_thread_as, reading.conversation_id)
                    ORDER BY issue.id DESC LIMIT 1), ''), reading.conversation_id
                FROM import_conversations AS reading
                WHERE reading.run_id = :run AND reading.status IN ('pending', 'failed')
                UNION ALL
                SELECT 'missing', 'call part', part.call_id || ' ' || part.kind, 'It could not be read' || coalesce((
                    SELECT '. ' || what FROM import_issues AS issue WHERE issue.run_id = part.run_id
                        AND issue.subject = 'call' AND issue.subject_id = part.call_id AND resolved_at IS NULL
                        AND issue.level = 'error' ORDER BY issue.id DESC LIMIT 1), ''), call.conversation_id
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.run_id = :run AND part.status = 'failed'
                UNION ALL
                SELECT 'waiting', 'call part', part.call_id || ' ' || part.kind,
                    'OpenPhone is still working on it; it will be asked for again', call.conversation_id
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.status = 'waiting'
                UNION ALL
                SELECT 'unavailable', 'call part', part.call_id || ' ' || part.kind,
                    'OpenPhone has not finished it in two days', call.conversation_id
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.status = 'unfinished'
                UNION ALL
                SELECT 'unavailable', 'call part', part.kind || ' on ' || coalesce(call.phone_number_id, 'no number'),
                    'OpenPhone refuses it. Calls on this number: ' || count(*) FILTER (WHERE part.batch_id IS NOT NULL)
                        || ' refused, ' || count(*) FILTER (WHERE part.batch_id IS NULL) || ' not asked for', NULL
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.status = 'refused' GROUP BY part.kind, call.phone_number_id
                UNION ALL
                SELECT CASE WHEN EXISTS (SELECT FROM list_records WHERE replace(list, '_', ' ') = subject_id
                    AND refused IS NOT NULL) THEN 'unavailable' ELSE 'missing' END, 'list', subject_id,
                    'It could not be read. ' || what, NULL
                FROM import_issues
                WHERE run_id = :run AND level = 'error' AND subject = 'list' AND resolved_at IS NULL
                UNION ALL
                SELECT CASE status WHEN 'refused' THEN 'unavailable' ELSE 'missing' END, subject || ' part',
                    subject_id || ' ' || replace(kind, '_', ' '), CASE status WHEN 'refused' THEN 'OpenPhone refuses it'
                        WHEN 'failed' THEN 'It could not be read' ELSE 'It has not been asked for' END
                        || coalesce('. ' || finding, ''), NULL
                FROM open_directory_parts
                UNION ALL
                SELECT 'missing', 'slice', slice.range, 'It could not be read' || coalesce((
                    SELECT '. ' || what FROM import_issues AS issue WHERE issue.run_id = slice.run_id
                        AND issue.subject = 'slice' AND issue.subject_id = slice.range AND issue.level = 'error'
                        AND resolved_at IS NULL ORDER BY issue.id DESC LIMIT 1), ''), NULL
                FROM (SELECT run_id, coalesce(to_char(slice_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '..')
                        || '/' || coalesce(to_char(slice_to AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '..') AS range
                    FROM import_batches WHERE run_id = :run AND kind = 'slice' AND status <> 'done') AS slice
                """);
    }

    /** What the ledger lacks of the run's window, up to the last thing that is known to have happened in a conversation. */
    private void checkLedger(VerificationClaim claim) {
        find(claim, Check.READINGS,
                """
                        WITH needed AS (
                            SELECT ledger.*, reading.status, run.api,
                                time_span(CASE WHEN run.window_from_given THEN run.window_from END,
                                    least(run.window_to, run.created_at, ledger.active_until)) AS span
                            FROM listed_conversations AS listed
                            JOIN import_runs AS run ON run.id = :run
                            JOIN ledger ON ledger.conversation_id = listed.conversation_id
                            LEFT JOIN import_conversations AS reading
                                ON reading.run_id = run.id AND reading.conversation_id = listed.conversation_id
                            WHERE listed.listing_id = :listing
                                AND coalesce(listed.created_at <= coalesce(run.window_to, CAST(:runStarted AS timestamptz)), true)
                        ), lacking AS (
                            SELECT *, NOT messages_read @> span AS messages,
                                (one_to_one OR api <> 'v1') AND NOT calls_read @> span AS calls
                            FROM needed
                            -- Slices that are lacking are named themselves.
                            WHERE status IS NULL OR status = 'unavailable' OR status = 'done' AND api = 'v1'
                        )
                        SELECT CASE WHEN (messages AND messages_refused IS NULL OR calls AND calls_refused IS NULL)
                                AND status IS DISTINCT FROM 'unavailable' THEN 'missing' ELSE 'unavailable' END,
                            'conversation', conversation_id, CASE
                            WHEN messages AND messages_refused IS NOT NULL OR calls AND calls_refused IS NOT NULL OR status = 'unavailable'
                                THEN 'OpenPhone refuses to give all of it. ' || concat_ws('. ', messages_refused, calls_refused)
                            WHEN messages_read = '{}' AND calls_read = '{}' THEN 'No run has read it to its end'
                            ELSE 'No run has read all that was created in ' || CAST(span AS text) END, conversation_id
                        FROM lacking
                        WHERE (messages OR calls OR status = 'unavailable') AND (thread_key IS NOT NULL OR api <> 'v1')
                            -- What has just been found to be lacking of its thread says so by its own name.
                            AND NOT EXISTS (SELECT FROM discrepancies AS found
                                LEFT JOIN conversations AS twin ON twin.id = found.conversation_id
                                WHERE found.verification_id = :verification AND found.kind IN ('missing', 'different')
                                AND found.subject IN ('message', 'call', 'group calls')
                                AND (found.conversation_id = lacking.conversation_id OR twin.thread_key = lacking.thread_key))
                        UNION ALL
                        SELECT 'unavailable', 'conversation', conversation_id,
                            'It has no number or no participants, so v1 cannot be asked for it', conversation_id
                        FROM needed WHERE api = 'v1' AND thread_key IS NULL AND NOT read_whole @> span
                        UNION ALL
                        SELECT 'unavailable', 'group calls', conversation_id, 'v1 does not give the calls of a group', conversation_id
                        FROM needed WHERE api = 'v1' AND thread_key IS NOT NULL AND NOT one_to_one AND NOT calls_read @> span
                        UNION ALL
                        SELECT 'unavailable', 'conversation', subject_id, 'OpenPhone does not list it any more, and it was not read to its end',
                            subject_id
                        FROM workspace_gaps WHERE subject = 'conversation' AND reason LIKE '% does not list any more %'
                        """);
    }

    private void checkActivities(VerificationClaim claim) {
        find(claim, Check.ACTIVITIES, """
                SELECT DISTINCT ON (unavailable.id) 'unavailable', 'activity', unavailable.id, unavailable.finding,
                    listed.conversation_id
                FROM listed_conversations AS listed
                JOIN unavailable_activities AS unavailable ON unavailable.id = listed.last_activity_id
                WHERE listed.listing_id = :listing AND NOT EXISTS (SELECT FROM messages WHERE id = listed.last_activity_id)
                    AND NOT EXISTS (SELECT FROM calls WHERE id = listed.last_activity_id)
                """);
    }

    /** Nothing asks again for what has been answered for good: a part that vanished is missing until it is repaired. */
    private void checkParts(VerificationClaim claim) {
        find(claim, Check.ROWS, """
                SELECT CASE WHEN stored.rows < part.rows THEN 'missing' ELSE 'different' END, 'call part',
                    part.call_id || ' ' || part.kind, CASE WHEN stored.rows < part.rows
                        THEN 'Of ' || part.rows || ' rows that were imported ' || stored.rows || ' are stored'
                        ELSE 'It was changed after it was imported' END, call.conversation_id
                FROM call_parts AS part JOIN calls AS call ON call.id = part.call_id
                CROSS JOIN LATERAL stored_part(part.call_id, part.kind) AS stored
                WHERE %s
                """.formatted(CallPart.VANISHED));
    }

    private void checkDirectory(VerificationClaim claim) {
        find(claim, Check.DIRECTORY, """
                SELECT 'different', subject, id, CASE WHEN imported THEN 'It was changed after it was imported'
                    ELSE 'No import has written it' END, NULL
                FROM (
                    SELECT 'user' AS subject, id, digest IS NOT NULL AS imported FROM users AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored)
                    UNION ALL SELECT 'contact', id, digest IS NOT NULL FROM contacts AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored)
                    UNION ALL SELECT 'custom field', id, digest IS NOT NULL FROM contact_custom_fields AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored)
                    UNION ALL SELECT 'task', id, digest IS NOT NULL FROM tasks AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored)
                    UNION ALL SELECT 'organization', id, digest IS NOT NULL FROM organization AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored)
                ) AS changed
                UNION ALL
                SELECT CASE WHEN stored.rows < part.rows THEN 'missing' ELSE 'different' END, part.subject || ' part',
                    part.subject_id || ' ' || replace(part.kind, '_', ' '), CASE WHEN stored.rows < part.rows
                        THEN 'Of ' || part.rows || ' rows that were imported ' || stored.rows || ' are stored'
                        ELSE 'It was changed after it was imported' END, NULL
                FROM directory_parts AS part
                CROSS JOIN LATERAL stored_directory_part(part.subject_id, part.kind) AS stored
                WHERE %s
                UNION ALL
                SELECT 'missing', 'list', replace(record.list, '_', ' '),
                    'Of ' || record.rows || ' rows that were imported ' || stored.rows || ' are stored', NULL
                FROM list_records AS record JOIN (
                    SELECT 'users' AS list, count(digest) AS rows FROM users
                    UNION ALL SELECT 'contacts', count(digest) FROM contacts
                    UNION ALL SELECT 'custom_fields', count(digest) FROM contact_custom_fields
                    UNION ALL SELECT 'tasks', count(digest) FROM tasks
                    UNION ALL SELECT 'organization', count(digest) FROM organization
                ) AS stored ON stored.list = record.list
                WHERE stored.rows < record.rows
                """.formatted(DirectoryParts.VANISHED));
    }

    /** Those that are not stored; {@link FileCheck} has looked for the others in the store. */
    private void checkFiles(VerificationClaim claim) {
        find(claim, Check.FILES, """
                SELECT CASE WHEN media.status = 'failed' THEN 'unavailable' WHEN wanted.file THEN 'waiting' ELSE 'missing' END,
                    'media', file.subject || '/' || file.subject_id || '/' || file.position,
                    CASE WHEN media.status = 'failed' THEN coalesce(media.finding, 'It cannot be downloaded')
                        WHEN wanted.file THEN coalesce('It will be tried again. ' || media.finding,
                            'It has not been downloaded yet')
                        WHEN media.status = 'pending' THEN 'Only runs that were cancelled have wanted it'
                        ELSE 'A document points to it, but it is not noted' END,
                    file.conversation_id
                FROM media_urls AS file LEFT JOIN media ON media.subject = file.subject
                    AND media.subject_id = file.subject_id AND media.position = file.position
                CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM import_media AS found
                    JOIN import_runs AS run ON run.id = found.run_id AND run.status <> 'cancelled'
                    WHERE found.subject = media.subject AND found.subject_id = media.subject_id
                        AND found.position = media.position) AS file) AS wanted
                WHERE media.id IS NULL OR media.status <> 'stored'
                """);
    }

    private void checkNumbers(VerificationClaim claim) {
        find(claim, Check.NUMBERS, """
                SELECT 'missing', 'phone number', own ->> 'id', 'OpenPhone lists it, but it is not stored', NULL
                FROM verifications CROSS JOIN LATERAL jsonb_array_elements(numbers) AS own
                WHERE verifications.id = :verification AND own ->> 'id' IS NOT NULL
                    AND NOT EXISTS (SELECT FROM phone_numbers WHERE id = own ->> 'id')
                UNION ALL
                SELECT 'different', 'phone number', id, 'It was changed after it was imported', NULL
                FROM phone_numbers AS stored WHERE digest IS DISTINCT FROM row_digest(stored)
                UNION ALL
                SELECT 'absent', 'phone number', used.id,
                    used.conversations || ' conversations use it, but OpenPhone does not list it', NULL
                FROM (SELECT phone_number_id AS id, count(*) AS conversations FROM conversations
                    WHERE phone_number_id IS NOT NULL GROUP BY phone_number_id) AS used
                WHERE NOT EXISTS (SELECT FROM verifications CROSS JOIN LATERAL jsonb_array_elements(numbers) AS own
                    WHERE verifications.id = :verification AND own ->> 'id' = used.id)
                """);
        set(entityManager.createNativeQuery("""
                UPDATE phone_numbers SET absent_since = CASE WHEN listed.id IS NULL THEN clock_timestamp() END
                FROM phone_numbers AS stored LEFT JOIN (
                    SELECT own ->> 'id' AS id FROM verifications CROSS JOIN LATERAL jsonb_array_elements(numbers) AS own
                    WHERE verifications.id = :verification) AS listed ON listed.id = stored.id
                WHERE phone_numbers.id = stored.id AND (listed.id IS NULL) <> (stored.absent_since IS NOT NULL)
                    AND NOT (listed.id IS NULL AND %s)
                """.formatted(STORED_SINCE)), claim).executeUpdate();
    }

    /**
     * Nothing is deleted: a list may come back short, and the next one clears the mark. What others have stored since that list
     * was asked for stands on no page of it.
     */
    private void checkAbsences(VerificationClaim claim) {
        set(entityManager.createNativeQuery("""
                UPDATE conversations AS stored SET absent_since = CASE WHEN listed.id IS NULL THEN clock_timestamp() END
                FROM (SELECT conversation.id AS stored, listed.conversation_id AS id
                    FROM conversations AS conversation LEFT JOIN listed_conversations AS listed
                        ON listed.conversation_id = conversation.id AND listed.listing_id = :listing) AS listed
                WHERE listed.stored = stored.id AND (listed.id IS NULL) <> (stored.absent_since IS NOT NULL)
                    AND NOT (listed.id IS NULL AND %s)
                    -- One that only asked for what was updated says nothing of the others.
                    AND (listed.id IS NOT NULL OR (SELECT listed_whole OR verification.listing_id <> run.id
                        FROM verifications AS verification JOIN import_runs AS run ON run.id = run_id
                        WHERE verification.id = :verification))
                """.formatted(STORED_SINCE)), claim).executeUpdate();
        find(claim, Check.ABSENCES, """
                SELECT 'absent', 'conversation', id, 'It is stored, but OpenPhone does not list it any more', id
                FROM conversations WHERE absent_since IS NOT NULL
                """);
    }

    private void find(VerificationClaim claim, Check check, String select) {
        set(entityManager.createNativeQuery(
                """
                        INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, conversation_id, check_name)
                        SELECT DISTINCT ON (subject, subject_id) :verification, kind, subject, subject_id, finding, conversation_id, :check
                        FROM (%s) AS found(kind, subject, subject_id, finding, conversation_id)
                        ORDER BY subject, subject_id, gravity(kind)
                        %s
                        """
                        .formatted(select, Discrepancies.OR_GRAVER)),
                claim).setParameter("check", check.text()).executeUpdate();
    }

    private static Query set(Query query, VerificationClaim claim) {
        var names = query.getParameters().stream().map(parameter -> parameter.getName()).toList();
        if (names.contains("verification")) {
            query.setParameter("verification", claim.id());
        }
        if (names.contains("run")) {
            query.setParameter("run", claim.run());
        }
        if (names.contains("listing")) {
            query.setParameter("listing", claim.listing());
        }
        if (names.contains("runStarted")) {
            query.setParameter("runStarted", claim.runStarted().toString());
        }
        return query;
    }

    /** {@code [{"name", "checked", "found"}]}, and for the months which of them have nothing. */
    String figures(VerificationClaim claim) {
        var titles = new ArrayList<Title>();
        for (var check : Check.values()) {
            titles.add(new Title(check.text(), check.title(), titles.size()));
        }
        return (String) set(entityManager.createNativeQuery("""
                WITH months AS (
                    SELECT count(*) AS checked, count(*) FILTER (WHERE active.month IS NULL) AS found,
                        string_agg(to_char(every.month, 'YYYY-MM'), ', ' ORDER BY every.month)
                            FILTER (WHERE active.month IS NULL) AS empty
                    FROM (
                        SELECT generate_series(min(month), max(month), interval '1 month') AS month
                        FROM (SELECT date_trunc('month', created_at AT TIME ZONE 'UTC') AS month FROM messages
                            UNION SELECT date_trunc('month', created_at AT TIME ZONE 'UTC') FROM calls) AS activity
                    ) AS every
                    LEFT JOIN (SELECT date_trunc('month', created_at AT TIME ZONE 'UTC') AS month FROM messages
                        UNION SELECT date_trunc('month', created_at AT TIME ZONE 'UTC') FROM calls) AS active
                        ON active.month = every.month
                ), figures AS (
                    SELECT title.name, title.title, title.position, CASE title.name
                        WHEN 'conversations' THEN (SELECT count(*) FROM listed_conversations WHERE listing_id = :listing)
                        WHEN 'activities' THEN
                            (SELECT count(last_activity_id) FROM listed_conversations WHERE listing_id = :listing)
                        WHEN 'readings' THEN (SELECT count(*) FROM listed_conversations WHERE listing_id = :listing)
                        WHEN 'witness' THEN (SELECT count(*) FROM verification_questions
                            WHERE verification_id = :verification AND sampled)
                        WHEN 'rows' THEN (SELECT count(*) FROM messages) + (SELECT count(*) FROM calls)
                        WHEN 'files' THEN (SELECT count(*) FROM media_urls)
                        WHEN 'directory' THEN (SELECT count(*) FROM users) + (SELECT count(*) FROM contacts)
                            + (SELECT count(*) FROM contact_custom_fields) + (SELECT count(*) FROM tasks)
                            + (SELECT count(*) FROM organization) + (SELECT count(*) FROM phone_number_hours)
                            + (SELECT count(*) FROM phone_number_members) + (SELECT count(*) FROM phone_number_settings)
                            + (SELECT count(*) FROM contact_notes) + (SELECT count(*) FROM contact_properties)
                            + (SELECT count(*) FROM contact_shares)
                        WHEN 'numbers' THEN
                            (SELECT jsonb_array_length(numbers) FROM verifications WHERE id = :verification)
                        WHEN 'absences' THEN (SELECT count(*) FROM conversations)
                        WHEN 'months' THEN (SELECT checked FROM months) END AS checked,
                        CASE title.name WHEN 'months' THEN (SELECT found FROM months)
                        ELSE (SELECT count(*) FROM discrepancies
                            WHERE verification_id = :verification AND check_name = title.name) END AS found
                    FROM jsonb_to_recordset(CAST(:titles AS jsonb)) AS title(name text, title text, position integer)
                )
                SELECT CAST(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', title, 'checked', checked, 'found', found,
                    'finding', CASE name WHEN 'months' THEN (SELECT empty FROM months) WHEN 'witness' THEN (SELECT
                        CASE WHEN witness IS NULL THEN 'Only ' || api || ' was to be asked, see OPENPHONE_API'
                            ELSE coalesce(witness_obstacle, 'Read through ' || api || ', compared with ' || witness) END
                        FROM import_runs WHERE id = :run)
                        WHEN 'directory' THEN (SELECT 'Left out by configuration: ' || string_agg(replace(list, '_', ' ')
                            || ' (' || left_out || ')', ', ' ORDER BY list) FROM list_records WHERE left_out IS NOT NULL)
                        END)) ORDER BY position) AS text)
                FROM figures
                """, String.class), claim).setParameter("titles", JsonRows.rows(titles)).getSingleResult();
    }

    @RegisterForReflection
    private record Title(String name, String title, int position) {
    }
}
