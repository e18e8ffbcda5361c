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
                WITH later AS (
                    SELECT id FROM import_runs WHERE created_at >= (SELECT created_at FROM import_runs WHERE id = :run)
                )
                SELECT count(*) FILTER (WHERE reading.status <> 'done') AS failed,
                    count(*) FILTER (WHERE conversation.id IS NULL) AS missing,
                    -- A later run may have received the same rows, and others.
                    count(*) FILTER (WHERE reading.messages > (
                        SELECT count(*) FROM messages JOIN later ON later.id = messages.last_run_id
                        WHERE messages.conversation_id = reading.conversation_id)
                    OR reading.calls > (
                        SELECT count(*) FROM calls JOIN later ON later.id = calls.last_run_id
                        WHERE calls.conversation_id = reading.conversation_id)) AS incomplete
                FROM import_conversations AS reading
                LEFT JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                WHERE reading.run_id = :run
                """, Tuple.class).setParameter("run", run).getSingleResult();
        long failed = ((Number) found.get("failed")).longValue();
        long missing = ((Number) found.get("missing")).longValue();
        long incomplete = ((Number) found.get("incomplete")).longValue();
        if (failed + missing + incomplete == 0) {
            return Optional.empty();
        }
        return Optional.of("%d conversations could not be imported, %d are not stored, %d have fewer rows than were received"
                .formatted(failed, missing, incomplete));
    }
}
