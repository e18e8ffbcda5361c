package org.openphoneimport.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.batch.Reopening;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.directory.PhoneNumber;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.media.Media;
import org.openphoneimport.media.MediaReopening;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.Progress;
import org.openphoneimport.run.Runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Imports what a verification found to be missing or different, and nothing else. What the verification has at hand is stored
 * at once; conversations of which messages or calls are missing or different are read again. Nothing is deleted.
 */
@ApplicationScoped
public class Repair {

    private final EntityManager entityManager;
    private final Discrepancies discrepancies;
    private final Reopening reopening;
    private final MediaReopening media;
    private final EventLog events;
    private final Ledger ledger;
    private final ListLedger listLedger;
    private final Counters counters;
    private final Runs runs;
    private final ObjectMapper mapper;

    Repair(EntityManager entityManager, Discrepancies discrepancies, Reopening reopening, MediaReopening media,
            EventLog events, Ledger ledger, ListLedger listLedger, Counters counters, Runs runs, ObjectMapper mapper) {
        this.counters = counters;
        this.runs = runs;
        this.ledger = ledger;
        this.listLedger = listLedger;
        this.entityManager = entityManager;
        this.discrepancies = discrepancies;
        this.reopening = reopening;
        this.media = media;
        this.events = events;
        this.mapper = mapper;
    }

    /**
     * Begins the repair of a run, in the transaction that sets it running again.
     *
     * @param all whether all conversations are read again, since one generation of the API does not have what the other has
     * @param failedToo whether conversations are read again that could not be read when they were tried as often as they are
     * @return whether there is anything to repair
     */
    @Transactional
    public boolean begin(UUID run, long verification, boolean all, boolean failedToo) {
        int stored = storeConversations(run, verification) + storeNumbers(run, verification)
                + noteFiles(run, verification);
        stored += CallPart.reopenVanished(run) + listDirectoryAgain(run, verification);
        stored += DirectoryParts.reopenVanished(run);
        if (all) {
            ledger.doubtListed();
            doubtWhatOneAloneGives(verification);
        }
        int reopened = reopening.reopen(run, all ? thatV1Takes() : toRead(run, verification, failedToo));
        if (stored + reopened == 0) {
            return false;
        }
        runs.noteRepair(run);
        events.add(run, EventLog.Level.INFO, "verification",
                "Repairing: %d conversations are read again, %d other rows and files brought".formatted(reopened, stored));
        return true;
    }

    /** As they were listed: they need not be asked for again. */
    private int storeConversations(UUID run, long verification) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT CAST(listed.payload AS text) FROM discrepancies AS found
                JOIN verifications AS verification ON verification.id = found.verification_id
                JOIN listed_conversations AS listed ON listed.conversation_id = found.subject_id
                    AND listed.listing_id = verification.listing_id
                WHERE found.verification_id = :verification AND found.subject = 'conversation'
                    AND found.kind IN ('missing', 'different') AND found.check_name = 'conversations'
                """, String.class).setParameter("verification", verification).getResultList();
        var documents = new ArrayList<ConversationDocument>();
        rows.forEach(row -> documents.add(document((String) row)));
        if (!documents.isEmpty()) {
            ledger.doubtUnseen(run, Conversation.store(documents, run, null));
        }
        return documents.size();
    }

    private ConversationDocument document(String json) {
        try {
            return ConversationDocument.of(mapper.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a conversation: " + e.getOriginalMessage(), e);
        }
    }

    /** What has changed or vanished of the directory comes with its lists, which the listing begins with. */
    private int listDirectoryAgain(UUID run, long verification) {
        int again = entityManager.createNativeQuery("""
                UPDATE import_runs SET listing_stage = 'users', listing_token = NULL, listed_at = NULL,
                    listing_started_at = NULL, listing_failures = 0
                WHERE id = :run AND EXISTS (SELECT FROM discrepancies WHERE verification_id = :verification
                    AND check_name = 'directory' AND subject <> 'contact part' AND kind IN ('missing', 'different'))
                """).setParameter("run", run).setParameter("verification", verification).executeUpdate();
        if (again > 0) {
            listLedger.forgetFreshness();
        }
        return again;
    }

    private int storeNumbers(UUID run, long verification) {
        List<?> missing = entityManager.createNativeQuery("""
                SELECT subject_id FROM discrepancies
                WHERE verification_id = :verification AND subject = 'phone number' AND kind IN ('missing', 'different')
                """, String.class).setParameter("verification", verification).getResultList();
        if (!missing.isEmpty()) {
            PhoneNumber.store(discrepancies.numbers(verification).stream()
                    .filter(number -> missing.contains(number.id())).toList(), run);
        }
        return missing.size();
    }

    @RegisterForReflection
    private record FileRow(String subject, String subjectId, int position, String url, @Nullable String type) {
    }

    /** They are downloaded again, or for the first time; keep-runs sends them. */
    private int noteFiles(UUID run, long verification) {
        List<?> rows = entityManager.createNativeQuery(
                """
                        SELECT coalesce(file.subject, media.subject) AS subject,
                            coalesce(file.subject_id, media.subject_id) AS subject_id, coalesce(file.position, media.position) AS position,
                            coalesce(file.url, media.url) AS url, coalesce(file.type, media.type) AS type
                        FROM discrepancies AS found
                        LEFT JOIN media_urls AS file
                            ON file.subject || '/' || file.subject_id || '/' || file.position = found.subject_id
                        LEFT JOIN media ON media.subject || '/' || media.subject_id || '/' || media.position = found.subject_id
                        WHERE found.verification_id = :verification AND found.subject = 'media'
                            AND found.kind = 'missing' AND (file.subject IS NOT NULL OR media.subject IS NOT NULL)
                        """,
                FileRow.class).setParameter("verification", verification).getResultList();
        var lost = rows.stream().map(FileRow.class::cast).map(row -> new Media.Found(row.subject(),
                row.subjectId(), row.position(), row.url(), row.type())).toList();
        media.fetchAgain(lost);
        counters.add(run, Progress.ofMedia(Media.note(lost, run)));
        return lost.size();
    }

    /** All that are stored, not those of the run alone: an earlier one may have believed the same lists. */
    private List<String> thatV1Takes() {
        List<?> ids = entityManager.createNativeQuery("""
                SELECT id FROM conversations
                WHERE absent_since IS NULL AND thread_key IS NOT NULL AND v1_takes(participants) ORDER BY id
                """, String.class).getResultList();
        return ids.stream().map(String.class::cast).toList();
    }

    /**
     * The API of 2026-03-30 lacks rows that v1 has. Of short codes and hidden callers v1 gives none, so neither API shows
     * whether some of these are lacking: they do not count as read until a later run has read the whole workspace once more.
     */
    private void doubtWhatOneAloneGives(long verification) {
        List<?> ids = entityManager.createNativeQuery("""
                SELECT id FROM conversations
                WHERE absent_since IS NULL AND NOT v1_takes(participants) AND EXISTS (SELECT FROM discrepancies
                        WHERE verification_id = :verification AND check_name = 'witness' AND kind = 'missing')
                ORDER BY id
                """, String.class).setParameter("verification", verification).getResultList();
        ids.forEach(id -> ledger.doubt((String) id, true, true, "The API of 2026-03-30 has left out messages or calls of "
                + "others, and v1 gives no messages with short codes or hidden callers"));
    }

    /**
     * Of what slices of time have not brought, what the other API can be asked for; they bring all when they are tried again.
     */
    private List<String> toRead(UUID run, long verification, boolean failedToo) {
        List<?> ids = entityManager.createNativeQuery("""
                SELECT DISTINCT coalesce(found.conversation_id, found.subject_id) FROM discrepancies AS found
                LEFT JOIN import_conversations AS reading ON reading.run_id = :run
                    AND reading.conversation_id = coalesce(found.conversation_id, found.subject_id)
                CROSS JOIN LATERAL (SELECT reading.status = 'failed' AND reading.batch_id IS NULL AND EXISTS (
                        SELECT FROM import_runs WHERE id = :run AND witness = 'v1' AND witness_obstacle IS NULL)
                    AND EXISTS (SELECT FROM conversations WHERE id = reading.conversation_id AND thread_key IS NOT NULL
                        AND v1_takes(participants)) AS by_the_other) AS failed
                WHERE found.verification_id = :verification AND found.kind IN ('missing', 'different')
                    AND (found.subject IN ('message', 'call', 'activity')
                        OR (found.subject = 'conversation' AND (found.kind = 'missing' OR found.check_name = 'rows')))
                    AND (:failedToo OR reading.status IS DISTINCT FROM 'failed' OR failed.by_the_other)
                    AND (reading.status IS NULL OR reading.status = 'done' OR reading.batch_id IS NOT NULL
                        OR failed.by_the_other)
                ORDER BY 1
                """, String.class)
                .setParameter("run", run).setParameter("verification", verification).setParameter("failedToo", failedToo)
                .getResultList();
        return ids.stream().map(String.class::cast).toList();
    }
}
