package org.openphoneimport.listing;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;

/** Ends a listing: what has been listed is cut into batches. */
@ApplicationScoped
class ListingCut {

    private final ListingStore store;
    private final BatchCutter cutter;
    private final SliceCutter sliceCutter;
    private final IssueLog issues;
    private final EventLog events;
    private final Coverage coverage;
    private final ListingDifference difference;

    ListingCut(ListingStore store, BatchCutter cutter, SliceCutter sliceCutter, IssueLog issues,
            EventLog events, Coverage coverage, ListingDifference difference) {
        this.store = store;
        this.cutter = cutter;
        this.sliceCutter = sliceCutter;
        this.issues = issues;
        this.events = events;
        this.coverage = coverage;
        this.difference = difference;
    }

    /**
     * Writes all batches, and the total that is known now.
     *
     * @param byTime whether OpenPhone can be asked for what was created in a slice of time
     * @param callsToo whether the API of 2026-03-30 lists calls, though v1 reads
     */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ListingCheckpoint> cut(ListingClaim claim, boolean byTime, boolean callsToo) {
        var moved = store.move(claim, new ListingCheckpoint(ListingStage.CUT, null),
                new ListingCheckpoint(ListingStage.DONE, null));
        moved.ifPresent(place -> {
            difference.name(claim);
            coverage.noteListed(claim.run());
            var cut = switch (claim.generation()) {
                case V1 -> cutter.cut(claim.run(), callsToo ? sliceCutter::cutCalls : run -> 0);
                case DATED -> cutter.cutBeside(claim.run(), from -> sliceCutter.cut(claim.run(), from, byTime));
            };
            if (!byTime) {
                issues.add(claim.run(), List.of(Issue.warning("listing", "list", "messages and calls",
                        "OpenPhone ignores the times that messages and calls are asked for, so all of them are read once, "
                                + "those outside of the run's time range as well",
                        null)));
            }
            events.add(claim.run(), EventLog.Level.INFO, "listing",
                    "Listed %d conversations in %d batches".formatted(cut.conversations(), cut.batches()));
        });
        return moved;
    }
}
