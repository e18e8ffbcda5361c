package org.openphoneimport.verification;

import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;

/** Finds out whether everything that a run listed and received is stored. */
@ApplicationScoped
public class Verification {

    private final EntityManager entityManager;

    Verification(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Returns what is missing, in a sentence; empty when nothing is */
    @Transactional
    public Optional<String> verify(UUID run) {
        var found = (Tuple) entityManager.createNativeQuery("""
                SELECT count(*) FILTER (WHERE reading.status <> 'done') AS failed,
                    count(*) FILTER (WHERE conversation.id IS NULL) AS missing,
                    count(*) FILTER (WHERE reading.messages <> (
                        SELECT count(*) FROM messages
                        WHERE messages.conversation_id = reading.conversation_id AND messages.last_run_id = :run)
                    OR reading.calls <> (
                        SELECT count(*) FROM calls
                        WHERE calls.conversation_id = reading.conversation_id AND calls.last_run_id = :run)) AS different
                FROM import_conversations AS reading
                LEFT JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                WHERE reading.run_id = :run
                """, Tuple.class).setParameter("run", run).getSingleResult();
        long failed = ((Number) found.get("failed")).longValue();
        long missing = ((Number) found.get("missing")).longValue();
        long different = ((Number) found.get("different")).longValue();
        if (failed + missing + different == 0) {
            return Optional.empty();
        }
        return Optional.of("%d conversations could not be imported, %d are not stored, %d have other rows than were received"
                .formatted(failed, missing, different));
    }
}
