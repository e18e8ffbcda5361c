package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.directory.PhoneNumber;
import org.openphoneimport.run.Ledger;

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
    private final Ledger ledger;

    AbsenceChecks(CheckStatements found, Ledger ledger) {
        this.found = found;
        this.ledger = ledger;
    }

    void checkNumbers(VerificationClaim claim) {
        found.insert(claim, Check.NUMBERS, """
                SELECT 'missing', 'phone number', own ->> 'id', 'OpenPhone lists it, but it is not stored', NULL
                FROM verifications CROSS JOIN LATERAL jsonb_array_elements(numbers) AS own
                WHERE verifications.id = :verification AND own ->> 'id' IS NOT NULL
                    AND NOT EXISTS (SELECT FROM phone_numbers WHERE id = own ->> 'id')
                UNION ALL
                SELECT 'different', 'phone number', id, 'It was changed after it was imported', NULL
                FROM phone_numbers AS stored WHERE digest IS DISTINCT FROM row_digest(stored) AND absent_since IS NULL
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
     * The APIs whose whole lists a verification compares with: {@code asked.lists}. One that only asked for what was updated
     * says nothing of the others.
     */
    private static final String ASKED = """
            (SELECT CASE WHEN verification.listing_id <> run.id OR run.listed_whole
                    THEN array_remove(ARRAY[CAST(run.api AS text), CASE WHEN run.witness_obstacle IS NULL THEN run.witness END],
                        NULL) ELSE '{}' END AS lists,
                array_remove(ARRAY[CAST(run.api AS text), run.witness], NULL) AS apis
            FROM verifications AS verification JOIN import_runs AS run ON run.id = run_id
            WHERE verification.id = :verification) AS asked
            """;

    /**
     * Nothing is deleted: a list may come back short, and the next one clears the mark. What others have stored since that list
     * was asked for stands on no page of it; nor does what only the other API has ever listed.
     */
    void checkAbsences(VerificationClaim claim) {
        ledger.doubtUnseen(claim.run(), Conversation.turnPresence(found.ids(claim, """
                SELECT stored.id FROM conversations AS stored CROSS JOIN %2$s LEFT JOIN listed_conversations AS listed
                    ON listed.conversation_id = stored.id AND listed.listing_id = :listing
                LEFT JOIN conversation_lists AS known ON known.conversation_id = stored.id
                WHERE (listed.conversation_id IS NULL) <> (stored.absent_since IS NOT NULL)
                    AND NOT (listed.conversation_id IS NULL AND %1$s)
                    AND (listed.conversation_id IS NOT NULL OR asked.lists <> '{}'
                        -- Where it is not known which API has listed it, all have to be asked.
                        AND (known.apis && asked.lists OR known.apis IS NULL AND asked.lists @> asked.apis))
                ORDER BY stored.id FOR UPDATE OF stored
                """.formatted(STORED_SINCE, ASKED))));
        found.insert(claim, Check.ABSENCES, """
                SELECT 'absent', 'conversation', id, 'It is stored, but OpenPhone does not list it any more', id
                FROM conversations WHERE absent_since IS NOT NULL
                """);
    }
}
