package org.openphoneimport.listing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.TimeSlice;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The slices of a listing, each with its place. As with pages of v1, only the worker that holds the listing stores any. */
@ApplicationScoped
class ListingSlices {

    private final EntityManager entityManager;
    private final ListingLease lease;
    private final ListingStore store;

    ListingSlices(EntityManager entityManager, ListingLease lease, ListingStore store) {
        this.entityManager = entityManager;
        this.lease = lease;
        this.store = store;
    }

    /**
     * A part of the time.
     *
     * @param place up to here everything is stored
     * @param to its end
     */
    @RegisterForReflection
    record Slice(int number, Instant place, Instant to) {

        /** What is still to be read; what was created at the place itself comes again. */
        TimeSlice rest() {
            return new TimeSlice(place, to);
        }

        Slice after(Page<ConversationDocument> page) {
            var last = page.items().isEmpty() ? null : page.items().getLast().createdAt();
            return last == null || last.isBefore(place) ? this : new Slice(number, last, to);
        }
    }

    @Transactional(TxType.REQUIRES_NEW)
    boolean areCut(ListingClaim claim) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM listing_slices WHERE run_id = :run)
                """).setParameter("run", claim.run()).getSingleResult();
    }

    /** Writes the slices between these edges; returns false when the listing is another worker's by now. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean cut(ListingClaim claim, List<Instant> edges) {
        if (!lease.renew(claim)) {
            return false;
        }
        for (int i = 1; i < edges.size(); i++) {
            entityManager.createNativeQuery("""
                    INSERT INTO listing_slices (run_id, number, place, slice_to) VALUES (:run, :number, :from, :to)
                    """)
                    .setParameter("run", claim.run())
                    .setParameter("number", i)
                    .setParameter("from", edges.get(i - 1))
                    .setParameter("to", edges.get(i))
                    .executeUpdate();
        }
        return true;
    }

    /** Forgets how a listing was cut, in the caller's transaction. */
    @Transactional(TxType.MANDATORY)
    void forget(UUID run) {
        entityManager.createNativeQuery("DELETE FROM listing_slices WHERE run_id = :run").setParameter("run", run)
                .executeUpdate();
    }

    /** Those that have not been read to their end. */
    @Transactional(TxType.REQUIRES_NEW)
    List<Slice> open(ListingClaim claim) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT number, place, slice_to FROM listing_slices WHERE run_id = :run AND status = 'pending' ORDER BY number
                """, Slice.class).setParameter("run", claim.run()).getResultList();
        return rows.stream().map(Slice.class::cast).toList();
    }

    /** Ends all slices, since everything was listed without them; returns false when the listing is another worker's by now. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean endAll(ListingClaim claim) {
        if (!lease.renew(claim)) {
            return false;
        }
        entityManager.createNativeQuery("UPDATE listing_slices SET status = 'done' WHERE run_id = :run")
                .setParameter("run", claim.run()).executeUpdate();
        return true;
    }

    /** Stores a page that belongs to no slice; returns false when the listing is another worker's by now. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean keep(ListingClaim claim, Page<ConversationDocument> page) {
        if (!lease.renew(claim)) {
            return false;
        }
        store.keep(claim, page);
        return true;
    }

    /**
     * Stores a page, and where its slice goes on: at {@code to}, or nowhere.
     *
     * @return false when the listing is another worker's by now; then nothing was stored
     */
    @Transactional(TxType.REQUIRES_NEW)
    boolean store(ListingClaim claim, Slice from, @Nullable Slice to, Page<ConversationDocument> page) {
        if (!lease.renew(claim)) {
            return false;
        }
        entityManager.createNativeQuery("""
                UPDATE listing_slices SET place = :place, status = :status WHERE run_id = :run AND number = :number
                """)
                .setParameter("place", to == null ? from.place() : to.place())
                .setParameter("status", to == null ? "done" : "pending")
                .setParameter("run", claim.run())
                .setParameter("number", from.number())
                .executeUpdate();
        store.keep(claim, page);
        return true;
    }
}
