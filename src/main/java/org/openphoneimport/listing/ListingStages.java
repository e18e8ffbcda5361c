package org.openphoneimport.listing;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.batch.BatchSender;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.invocation.Functions;
import org.openphoneimport.listing.ListingExtent.Extent;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.ConversationLists;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.Paging;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.run.ImportConfig;

/**
 * Lists the directory and the conversations of a run, page by page, each page stored with the place where the listing goes on.
 * After the last page it asks for what was updated since it began: a conversation that moved to the front meanwhile stood on no
 * page. Then all batches are written, and only then the first is sent, so that nothing can take a part for the whole.
 */
@ApplicationScoped
class ListingStages {

    private static final Logger LOG = Logger.getLogger(ListingStages.class);

    private final OpenPhone openPhone;
    private final WholeWorkspace workspace;
    private final ConversationLists lists;
    private final SlicedListing slices;
    private final DirectoryListing directory;
    private final WitnessListing witness;
    private final EmptyListing empty;
    private final ListingExtent extent;
    private final ListingBegin begin;
    private final ListingLease lease;
    private final ListingStore store;
    private final ListingCut cut;
    private final ImportConfig config;
    private final BatchSender sender;
    private final Functions functions;

    ListingStages(OpenPhone openPhone, WholeWorkspace workspace, ConversationLists lists, SlicedListing slices,
            DirectoryListing directory, WitnessListing witness, EmptyListing empty, ListingExtent extent, ListingBegin begin,
            ListingLease lease, ListingStore store, ListingCut cut, ImportConfig config, BatchSender sender,
            Functions functions) {
        this.openPhone = openPhone;
        this.workspace = workspace;
        this.lists = lists;
        this.slices = slices;
        this.directory = directory;
        this.witness = witness;
        this.empty = empty;
        this.extent = extent;
        this.begin = begin;
        this.lease = lease;
        this.store = store;
        this.cut = cut;
        this.config = config;
        this.sender = sender;
        this.functions = functions;
    }

    /** Lists all stages from the checkpoint on, and sends the batches. */
    void list(ListingClaim claim, Caller caller) {
        try {
            listAll(claim, caller);
        } catch (OpenPhoneException.Rejected e) {
            if (claim.generation() == Generation.V1) {
                throw e;
            }
            begin.fallBack(claim, e.what()).ifPresent(again -> listAll(again, caller));
        }
    }

    private void listAll(ListingClaim claim, Caller caller) {
        var place = claim.checkpoint();
        var paging = new Paging();
        while (place.stage() != ListingStage.DONE) {
            Optional<ListingCheckpoint> next;
            try {
                next = readPage(claim, caller, place, paging);
            } catch (OpenPhoneException.Rejected e) {
                var first = place.firstOfList();
                if (paging.beginsAgain(e, place.equals(first) ? null : place.token(), first)) {
                    LOG.warnf("OpenPhone refused the listing's place, it begins again: %s", e.what());
                    next = store.move(claim, place, first);
                } else if (place.stage().isDispensable()) {
                    next = skip(claim, place, e);
                } else {
                    throw e;
                }
            } catch (OpenPhoneException.Unavailable e) {
                if (!place.stage().isDispensable() || !openPhone.isThere(caller)
                        || (isWaitedFor(place, e) && lease.countFailure(claim) < config.maxConversationAttempts())) {
                    throw e;
                }
                next = skip(claim, place, e);
            }
            if (next.isPresent() && !next.get().firstOfList().equals(place.firstOfList())) {
                paging = new Paging();
            }
            if (next.isEmpty()) {
                LOG.warnf("The listing of run %s is another worker's by now, or the run has ended", claim.run());
                lease.release(claim);
                return;
            }
            place = next.get();
        }
        sender.sendDue(claim.run(), Duration.ofDays(1));
        functions.invokeLater("keep-runs", Map.of());
    }

    /**
     * What only confirms is not: it is asked again by the next run. Nor is a route that is answered by something that is not
     * OpenPhone while OpenPhone is there, since that is what a retired API looks like.
     */
    private static boolean isWaitedFor(ListingCheckpoint place, OpenPhoneException.Unavailable unanswered) {
        return !place.confirms() && !unanswered.isBetween();
    }

    private Optional<ListingCheckpoint> skip(ListingClaim claim, ListingCheckpoint place, OpenPhoneException reason) {
        return switch (place.stage()) {
            case WITNESS -> witness.skip(claim, place, place.after(null), reason);
            default -> directory.skip(claim, place, reason);
        };
    }

    private Optional<ListingCheckpoint> readPage(ListingClaim claim, Caller caller, ListingCheckpoint place,
            Paging paging) {
        return switch (place.stage()) {
            case USERS, CONTACTS, CUSTOM_FIELDS, TASKS, ORGANIZATION, NUMBERS ->
                directory.readPage(claim, caller, place, paging);
            case API -> throw new IllegalArgumentException("The API has not been chosen");
            case EVERYTHING -> switch (claim.generation()) {
                case V1 -> readEverything(claim, caller, place, paging);
                case DATED -> switch (extent.of(claim)) {
                    case Extent.All all -> slices.list(claim, caller) ? endSlices(claim, caller, place) : Optional.empty();
                    case Extent.Updated updated -> store.move(claim, place, place.after(null));
                };
            };
            case GAP ->
                readConversations(claim, place, paging, claim.generation(), lists.updatedSince(claim.generation(), caller,
                        extent.of(claim).updatedSince(), place.token()));
            case WITNESS -> witness.readPage(claim, caller, place, paging, extent.of(claim));
            case CUT -> cut.cut(claim,
                    claim.generation() == Generation.V1 || begin.hasReadByTime(claim) || workspace.filtersByTime(caller),
                    listsCalls(claim, caller));
            case DONE -> throw new IllegalArgumentException("The listing has ended");
        };
    }

    /** Whether the witness of a run that v1 reads brings the calls of groups: without them the run goes on. */
    private boolean listsCalls(ListingClaim claim, Caller caller) {
        if (claim.generation() == Generation.DATED || claim.witness() == null) {
            return false;
        }
        try {
            return workspace.listsCalls(caller);
        } catch (OpenPhoneException.Unavailable e) {
            if (openPhone.isThere(caller) && lease.countFailure(claim) >= config.maxConversationAttempts()) {
                return false;
            }
            throw e;
        }
    }

    private Optional<ListingCheckpoint> readEverything(ListingClaim claim, Caller caller, ListingCheckpoint place,
            Paging paging) {
        var page = openPhone.conversations(caller, null, place.token());
        if (place.token() == null && page.nextToken() == null && page.items().isEmpty()) {
            believe(claim, caller, page.request());
        }
        return readConversations(claim, place, paging, Generation.V1, page);
    }

    private Optional<ListingCheckpoint> endSlices(ListingClaim claim, Caller caller, ListingCheckpoint place) {
        if (store.hasNothing(claim)) {
            believe(claim, caller, "GET /conversations");
        }
        return store.move(claim, place, place.after(null));
    }

    /** A list without any conversation is asked for again some times; then the run fails. */
    private void believe(ListingClaim claim, Caller caller, String request) {
        var doubt = empty.doubt(claim, caller);
        if (doubt != null) {
            throw lease.countFailure(claim) < config.maxConversationAttempts()
                    ? OpenPhoneException.doubted(request, doubt)
                    : OpenPhoneException.implausible(request, doubt);
        }
    }

    private Optional<ListingCheckpoint> readConversations(ListingClaim claim, ListingCheckpoint place, Paging paging,
            Generation by, Page<ConversationDocument> page) {
        return store.store(claim, place, paging.check(page),
                (conversations, run) -> store.storeConversations(conversations, claim, by));
    }
}
