package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.directory.PhoneNumber;

/** What is stored, but OpenPhone does not list any more; it is marked, and nothing is deleted. */
@ApplicationScoped
class AbsenceChecks {

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

    private final CheckStatements found;

    AbsenceChecks(CheckStatements found) {
        this.found = found;
    }

    void checkNumbers(VerificationClaim claim) {
        found.insert(claim, Check.NUMBERS, """
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
        PhoneNumber.turnPresence(found.ids(claim, """
                SELECT stored.id FROM phone_numbers AS stored LEFT JOIN (
                    SELECT own ->> 'id' AS id FROM verifications CROSS JOIN LATERAL jsonb_array_elements(numbers) AS own
                    WHERE verifications.id = :verification) AS listed ON listed.id = stored.id
                WHERE (listed.id IS NULL) <> (stored.absent_since IS NOT NULL) AND NOT (listed.id IS NULL AND %s)
                ORDER BY stored.id FOR UPDATE OF stored
                """.formatted(STORED_SINCE)));
    }

    /**
     * Nothing is deleted: a list may come back short, and the next one clears the mark. What others have stored since that list
     * was asked for stands on no page of it.
     */
    void checkAbsences(VerificationClaim claim) {
        Conversation.turnPresence(found.ids(claim, """
                SELECT stored.id FROM conversations AS stored LEFT JOIN listed_conversations AS listed
                    ON listed.conversation_id = stored.id AND listed.listing_id = :listing
                WHERE (listed.conversation_id IS NULL) <> (stored.absent_since IS NOT NULL)
                    AND NOT (listed.conversation_id IS NULL AND %s)
                    -- One that only asked for what was updated says nothing of the others.
                    AND (listed.conversation_id IS NOT NULL OR (SELECT listed_whole OR verification.listing_id <> run.id
                        FROM verifications AS verification JOIN import_runs AS run ON run.id = run_id
                        WHERE verification.id = :verification))
                ORDER BY stored.id FOR UPDATE OF stored
                """.formatted(STORED_SINCE)));
        found.insert(claim, Check.ABSENCES, """
                SELECT 'absent', 'conversation', id, 'It is stored, but OpenPhone does not list it any more', id
                FROM conversations WHERE absent_since IS NOT NULL
                """);
    }
}
