package org.openphoneimport.verification;

import java.util.Optional;
import java.util.StringJoiner;
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
                        WHERE calls.conversation_id = reading.conversation_id)) AS incomplete,
                    (SELECT count(DISTINCT call_id) FROM call_parts WHERE run_id = :run AND status = 'failed') AS parts,
                    (SELECT count(*) FROM import_issues WHERE run_id = :run AND level = 'error' AND subject = 'list'
                        AND resolved_at IS NULL) AS lists
                FROM import_conversations AS reading
                LEFT JOIN conversations AS conversation ON conversation.id = reading.conversation_id
                WHERE reading.run_id = :run
                """, Tuple.class).setParameter("run", run).getSingleResult();
        long failed = ((Number) found.get("failed")).longValue();
        long missing = ((Number) found.get("missing")).longValue();
        long incomplete = ((Number) found.get("incomplete")).longValue();
        long parts = ((Number) found.get("parts")).longValue();
        long lists = ((Number) found.get("lists")).longValue();
        if (failed + missing + incomplete + parts + lists == 0) {
            return Optional.empty();
        }
        var sentences = new StringJoiner(", ");
        if (failed + missing + incomplete > 0) {
            sentences.add("%d conversations could not be imported, %d are not stored, %d have fewer rows than were received"
                    .formatted(failed, missing, incomplete));
        }
        if (parts > 0) {
            sentences.add("of %d calls a recording, voicemail, transcript or summary could not be read".formatted(parts));
        }
        if (lists > 0) {
            sentences.add("%d lists of users, contacts or their fields could not be read".formatted(lists));
        }
        return Optional.of(sentences.toString());
    }
}
