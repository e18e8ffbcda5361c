package org.openphoneimport.listing;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.openphone.Generation;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Runs;

/** Begins a listing, with the one API or the other. */
@ApplicationScoped
class ListingBegin {

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final IssueLog issues;
    private final EventLog events;
    private final ListingExtent extent;
    private final ListingSlices slices;

    ListingBegin(EntityManager entityManager, ImportConfig config, IssueLog issues, EventLog events, ListingExtent extent,
            ListingSlices slices) {
        this.entityManager = entityManager;
        this.config = config;
        this.issues = issues;
        this.events = events;
        this.extent = extent;
        this.slices = slices;
    }

    /** Notes that the run uses the API of 2026-03-30; empty when the listing is another worker's by now. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ListingClaim> useDated(ListingClaim claim) {
        var begun = begin(claim, Generation.DATED, ListingStage.USERS);
        begun.ifPresent(extent::choose);
        return begun;
    }

    /** Begins again with v1, and says why; what has been listed is recognised. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ListingClaim> fallBack(ListingClaim claim, String why) {
        var begun = begin(claim, Generation.V1,
                claim.checkpoint().stage() == ListingStage.API ? ListingStage.USERS : ListingStage.EVERYTHING);
        begun.ifPresent(again -> {
            slices.forget(claim.run());
            issues.add(claim.run(), List.of(Issue.warning("listing", "run", claim.run().toString(),
                    "The API of 2026-03-30 could not be used, so v1 was. " + why, null)));
            events.add(claim.run(), EventLog.Level.WARNING, "listing", "Goes on with v1. " + why);
        });
        return begun;
    }

    private Optional<ListingClaim> begin(ListingClaim claim, Generation generation, ListingStage stage) {
        int begun = entityManager
                .createNativeQuery(
                        """
                                UPDATE import_runs SET api = :api, witness = CASE WHEN witness IS NOT NULL THEN :other END, listing_stage = :stage, listing_token = NULL, listing_deaths = 0,
                                    listing_moved_at = clock_timestamp(), listing_waiting_for = NULL,
                                    listing_lease_until = clock_timestamp() + :lease * interval '1 second'
                                WHERE id = :run AND listing_lease_owner = :owner AND %s
                                """
                                .formatted(Runs.GOES_ON))
                .setParameter("api", generation.text())
                .setParameter("other", generation.other().text())
                .setParameter("stage", stage.text())
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("run", claim.run())
                .setParameter("owner", claim.owner())
                .executeUpdate();
        return begun == 0 ? Optional.empty()
                : Optional.of(claim.reading(generation, new ListingCheckpoint(stage, null)));
    }

    /**
     * Whether a reconciliation need not try what the API of 2026-03-30 can do: it has read slices of time lately, and no slice
     * in vain.
     */
    @Transactional(TxType.REQUIRES_NEW)
    boolean hasReadByTime(ListingClaim claim) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT run.type = 'reconciliation' AND coalesce((
                    SELECT bool_or(slice.status = 'done' AND NOT slice.slice_unfiltered AND slice.slice_from IS NOT NULL)
                        AND NOT bool_or(slice.status = 'failed')
                    FROM import_runs AS earlier JOIN import_batches AS slice ON slice.run_id = earlier.id
                    WHERE earlier.key_hash = run.key_hash AND earlier.api = '2026-03-30' AND earlier.cleared_at IS NULL
                        AND earlier.created_at > clock_timestamp() - interval '7 days' AND slice.kind = 'slice'), false)
                FROM import_runs AS run WHERE run.id = :run
                """).setParameter("run", claim.run()).getSingleResult();
    }
}
