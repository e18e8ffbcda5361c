package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.call.CallPart;
import org.openphoneimport.directory.DirectoryParts;

/** Whether what was imported is still stored as it was: parts of calls, files, the directory. */
@ApplicationScoped
class StoredChecks {

    private final CheckStatements found;

    StoredChecks(CheckStatements found) {
        this.found = found;
    }

    /** Nothing asks again for what has been answered for good: a part that vanished is missing until it is repaired. */
    void checkParts(VerificationClaim claim) {
        found.insert(claim, Check.ROWS, """
                SELECT CASE WHEN stored.rows < part.rows THEN 'missing' ELSE 'different' END, 'call part',
                    part.call_id || ' ' || part.kind, CASE WHEN stored.rows < part.rows
                        THEN 'Of ' || part.rows || ' rows that were imported ' || stored.rows || ' are stored'
                        ELSE 'It was changed after it was imported' END, call.conversation_id
                FROM call_parts AS part JOIN calls AS call ON call.id = part.call_id
                CROSS JOIN LATERAL stored_part(part.call_id, part.kind) AS stored
                WHERE %s
                """.formatted(CallPart.VANISHED));
    }

    /** Those that are not stored; {@link FileCheck} has looked for the others in the store. */
    void checkFiles(VerificationClaim claim) {
        found.insert(claim, Check.FILES, """
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

    /** What OpenPhone does not list any more can be brought again from nowhere, whatever something else has made of it. */
    void checkDirectory(VerificationClaim claim) {
        found.insert(claim, Check.DIRECTORY, """
                SELECT 'different', subject, id, CASE WHEN imported THEN 'It was changed after it was imported'
                    ELSE 'No import has written it' END, NULL
                FROM (
                    SELECT 'user' AS subject, id, digest IS NOT NULL AS imported FROM users AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored) AND absent_since IS NULL
                    UNION ALL SELECT 'contact', id, digest IS NOT NULL FROM contacts AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored) AND absent_since IS NULL
                    UNION ALL SELECT 'custom field', id, digest IS NOT NULL FROM contact_custom_fields AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored) AND absent_since IS NULL
                    UNION ALL SELECT 'task', id, digest IS NOT NULL FROM tasks AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored) AND absent_since IS NULL
                    UNION ALL SELECT 'organization', id, digest IS NOT NULL FROM organization AS stored
                    WHERE digest IS DISTINCT FROM row_digest(stored) AND absent_since IS NULL
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
}
