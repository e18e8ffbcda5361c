package org.openphoneimport.start;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jboss.logging.Logger;
import org.openphoneimport.media.MediaRemoval;
import org.openphoneimport.run.ClearingLock;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.Runs;
import org.openphoneimport.verification.Verifications;

/** Takes back what was imported. Runs, with their issues and logs, stay: they tell what happened. */
@ApplicationScoped
public class ImportedData {

    private static final Logger LOG = Logger.getLogger(ImportedData.class);

    private static final int CONFIRMATION = 8;

    private final EntityManager entityManager;
    private final MediaRemoval files;
    private final EventLog events;
    private final ClearingLock clearing;
    private final Verifications verifications;
    private final Runs runs;

    ImportedData(EntityManager entityManager, MediaRemoval files, EventLog events, ClearingLock clearing,
            Verifications verifications, Runs runs) {
        this.entityManager = entityManager;
        this.files = files;
        this.events = events;
        this.clearing = clearing;
        this.verifications = verifications;
        this.runs = runs;
    }

    /**
     * Empties all imported tables, in one transaction; keep-runs deletes the files after its commit.
     *
     * @param confirmation the first 8 characters of the last run's id
     * @throws StartRefusedException when a run is active, or the confirmation is not right
     */
    @Transactional
    public void clear(String confirmation) {
        clearing.takeAlone();
        Run.active().ifPresent(run -> {
            throw new StartRefusedException("Run " + run.id + " is active; wait for its end or cancel it", null);
        });
        var last = Run.last().map(run -> run.id)
                .orElseThrow(() -> new StartRefusedException("Nothing has been imported yet", null));
        if (!last.toString().substring(0, CONFIRMATION).equals(confirmation)) {
            throw new StartRefusedException(
                    "The confirmation must be the first 8 characters of the last run's id; nothing was cleared", "confirm");
        }
        empty(last);
    }

    private void empty(UUID last) {
        // A verification by hand would compare with nothing.
        verifications.dropRunning();
        // In the order in which steps lock them: one of a run that has ended may still be on its way to being rolled back.
        entityManager
                .createNativeQuery(
                        """
                                TRUNCATE conversations, conversation_lists, messages, calls, call_parts, call_recordings, call_voicemails, call_transcripts,
                                    call_summaries, phone_numbers, users, contacts, contact_phone_numbers, contact_custom_fields,
                                    organization, tasks, directory_parts, phone_number_hours, phone_number_members, phone_number_settings,
                                    contact_notes, contact_properties, contact_shares,
                                    conversation_records, list_records, listed_conversations, unavailable_activities, found_by_id, accepted_gaps,
                                    workspace_keys
                                """)
                .executeUpdate();
        runs.noteCleared();
        files.removeAll();
        events.add(last, EventLog.Level.WARNING, "status", "Everything that was imported has been cleared by an operator");
        LOG.warn("Everything that was imported has been cleared by an operator");
    }
}
