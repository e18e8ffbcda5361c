package org.openphoneimport.batch;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.TimeSlice;

/**
 * Writes batches. Those of a run are numbered from 1, of whatever kind they are; a listing that is repeated goes on with them.
 * One at a time may do so for a run, or two would take the same number.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class NewBatches {

    private final EntityManager entityManager;

    NewBatches(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** What a batch is made of, as in {@code import_batches.kind}. */
    public enum Kind {
        /** Conversations, read one by one. */
        CONVERSATIONS,
        /** Calls, asked for their parts. */
        CALLS,
        /** Contacts, asked for what hangs on them. */
        CONTACTS
    }

    /** Writes as many as these items need, the last of which may be smaller; returns their ids in their order. */
    public List<UUID> write(UUID run, Kind kind, int items, int size) {
        List<?> ids = entityManager.createNativeQuery("""
                WITH written AS (
                    INSERT INTO import_batches (run_id, number, kind)
                    SELECT :run, last.number + position, :kind
                    FROM (SELECT coalesce(max(number), 0) AS number FROM import_batches WHERE run_id = :run) AS last,
                        generate_series(1, :batches) AS position
                    RETURNING id, number
                )
                SELECT id FROM written ORDER BY number
                """, UUID.class)
                .setParameter("run", run)
                .setParameter("kind", kind.name().toLowerCase(Locale.ROOT))
                .setParameter("batches", Math.ceilDiv(items, size))
                .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    /**
     * Writes a slice of time.
     *
     * @param stage what is read of it first
     * @param unfiltered whether OpenPhone ignores times, so that all is read
     */
    public void writeSlice(UUID run, String stage, TimeSlice slice, boolean unfiltered) {
        entityManager
                .createNativeQuery(
                        """
                                INSERT INTO import_batches (run_id, number, kind, slice_from, slice_to, slice_stage, slice_unfiltered)
                                SELECT :run, coalesce(max(number), 0) + 1, 'slice', CAST(:from AS timestamptz), CAST(:to AS timestamptz), :stage,
                                    :unfiltered
                                FROM import_batches WHERE run_id = :run
                                """)
                .setParameter("run", run)
                .setParameter("stage", stage)
                .setParameter("from", text(slice.from()))
                .setParameter("to", text(slice.to()))
                .setParameter("unfiltered", unfiltered)
                .executeUpdate();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
