package org.openphoneimport.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.batch.BatchSender;
import org.openphoneimport.checklist.Checklist;
import org.openphoneimport.invocation.Functions;
import org.openphoneimport.listing.ListingExtent.Extent;
import org.openphoneimport.openphone.Advance;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.ConversationDocument;
import org.openphoneimport.openphone.ConversationLists;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;

/**
 * Lists the directory and the conversations of a run, page by page, each page stored with the place where the listing goes on.
 * After the last page it asks for what was updated since it began: a conversation that moved to the front meanwhile stood on no
 * page. Then all batches are written, and only then the first is sent, so that nothing can take a part for the whole.
 */
@ApplicationScoped
public class Listing {

    private static final Logger LOG = Logger.getLogger(Listing.class);

    // An outage of seconds is normal; one that lasts stays on the run as a warning.
    private static final Duration LONG_WAIT = Duration.ofMinutes(2);

    private final OpenPhone openPhone;
    private final WholeWorkspace workspace;
    private final ConversationLists lists;
    private final ApiChoice choice;
    private final SlicedListing slices;
    private final ListingExtent extent;
    private final ListingStore store;
    private final Checklist checklist;
    private final DirectoryListing directory;
    private final WitnessListing witness;
    private final EmptyListing empty;
    private final ImportConfig config;
    private final BatchSender sender;
    private final Runs runs;
    private final Functions functions;
    private final EventLog events;

    Listing(OpenPhone openPhone, WholeWorkspace workspace, ConversationLists lists, ApiChoice choice, SlicedListing slices,
            ListingExtent extent, ListingStore store,
            Checklist checklist,
            DirectoryListing directory, WitnessListing witness, EmptyListing empty, ImportConfig config, BatchSender sender,
            Runs runs,
            Functions functions,
            EventLog events) {
        this.openPhone = openPhone;
        this.workspace = workspace;
        this.lists = lists;
        this.choice = choice;
        this.slices = slices;
        this.extent = extent;
        this.store = store;
        this.checklist = checklist;
        this.directory = directory;
        this.witness = witness;
        this.empty = empty;
        this.config = config;
        this.sender = sender;
        this.runs = runs;
        this.functions = functions;
        this.events = events;
    }

    /** Goes on where the listing stands, unless another worker holds it. */
    public void goOn(UUID run, Instant deadline) {
        runs.change(run, RunStatus.PENDING, RunStatus.RUNNING, null);
        var claim = store.claim(run);
        if (claim.isEmpty()) {
            LOG.infof("The listing of run %s has ended, or another worker holds it", run);
            return;
        }
        if (claim.get().deaths() >= config.maxAttempts()) {
            giveUp(claim.get());
            return;
        }
        try {
            var caller = new Caller(run, deadline);
            checklist.begin(run, caller);
            choice.make(claim.get(), caller).ifPresent(chosen -> list(chosen, caller));
        } catch (NotNowException.OutOfTime e) {
            store.release(claim.get());
            functions.invokeLater("start-run", Map.of("runId", run.toString()));
        } catch (NotNowException.RunStopped e) {
            store.release(claim.get());
        } catch (NotNowException | OpenPhoneException.Unavailable e) {
            // keep-runs goes on with it.
            var wait = store.noteWait(claim.get(), String.valueOf(e.getMessage()));
            if (wait.compareTo(LONG_WAIT) > 0) {
                store.warn(claim.get(), "The listing waited for more than %d minutes. %s".formatted(LONG_WAIT.toMinutes(),
                        e.getMessage()));
            }
            store.release(claim.get());
            events.add(run, EventLog.Level.WARNING, "wait", "The listing waits, at most a minute: " + e.getMessage());
        } catch (OpenPhoneException.KeyRefused e) {
            store.release(claim.get());
            runs.pauseForPerson(run, e.what() + ". " + e.advice());
        } catch (OpenPhoneException.Rejected e) {
            store.release(claim.get());
            runs.change(run, RunStatus.RUNNING, RunStatus.FAILED, "The conversations could not be listed. " + e.what());
        }
    }

    private void giveUp(ListingStore.Claim claim) {
        store.release(claim);
        runs.change(claim.run(), RunStatus.RUNNING, RunStatus.FAILED,
                """
                        The conversations could not be listed: the worker that did died %d times at the same place. Look into the log of \
                        start-run, then try again"""
                        .formatted(claim.deaths()));
    }

    private void list(ListingStore.Claim claim, Caller caller) {
        try {
            listAll(claim, caller);
        } catch (OpenPhoneException.Rejected e) {
            if (claim.generation() == Generation.V1) {
                throw e;
            }
            store.fallBack(claim, e.what()).ifPresent(again -> listAll(again, caller));
        }
    }

    private void listAll(ListingStore.Claim claim, Caller caller) {
        var place = claim.place();
        boolean restarted = false;
        var advance = new Advance();
        while (place.stage() != ListingStage.DONE) {
            Optional<ListingStore.Place> next;
            try {
                next = readPage(claim, caller, place, advance);
            } catch (OpenPhoneException.Rejected e) {
                if (place.token() != null && !restarted) {
                    // Tokens do not live for ever. What is listed again is recognised.
                    LOG.warnf("OpenPhone refused the listing's place, it begins again: %s", e.what());
                    next = store.move(claim, place, new ListingStore.Place(place.stage(), null));
                    restarted = true;
                    advance = new Advance();
                } else if (isDispensable(claim, place)) {
                    next = skip(claim, place, e);
                } else {
                    throw e;
                }
            } catch (OpenPhoneException.Unavailable e) {
                if (!isDispensable(claim, place) || !openPhone.isThere(caller)
                        || store.countFailure(claim) < config.maxConversationAttempts()) {
                    throw e;
                }
                next = skip(claim, place, e);
            }
            if (next.isPresent() && next.get().stage() != place.stage()) {
                advance = new Advance();
                restarted = false;
            }
            if (next.isEmpty()) {
                LOG.warnf("The listing of run %s is another worker's by now, or the run has ended", claim.run());
                store.release(claim);
                return;
            }
            place = next.get();
        }
        sender.sendDue(claim.run(), Duration.ofDays(1));
        functions.invokeLater("keep-runs", Map.of());
    }

    private boolean isDispensable(ListingStore.Claim claim, ListingStore.Place place) {
        return place.stage().isDispensable()
                || (place.stage() == ListingStage.EVERYTHING && extent.of(claim) instanceof Extent.AllByWitness);
    }

    private Optional<ListingStore.Place> skip(ListingStore.Claim claim, ListingStore.Place place, OpenPhoneException reason) {
        return switch (place.stage()) {
            // Where the witness does not list all, the other one does.
            case EVERYTHING -> witness.skip(claim, place, new ListingStore.Place(ListingStage.EVERYTHING, null), reason);
            case WITNESS -> witness.skip(claim, place, place.after(null), reason);
            default -> directory.skip(claim, place, reason);
        };
    }

    private Optional<ListingStore.Place> readPage(ListingStore.Claim claim, Caller caller, ListingStore.Place place,
            Advance advance) {
        return switch (place.stage()) {
            case USERS, CONTACTS, CUSTOM_FIELDS, TASKS, ORGANIZATION, NUMBERS ->
                directory.readPage(claim, caller, place, advance);
            case API -> throw new IllegalArgumentException("The API has not been chosen");
            case EVERYTHING -> switch (claim.generation()) {
                case V1 -> readEverything(claim, caller, place, advance);
                case DATED -> switch (extent.of(claim)) {
                    case Extent.All all -> slices.list(claim, caller) ? endSlices(claim, caller, place) : Optional.empty();
                    case Extent.AllByWitness all -> readEverything(claim, caller, place, advance);
                    case Extent.Updated updated -> store.move(claim, place, place.after(null));
                };
            };
            case GAP ->
                readConversations(claim, place, advance, claim.generation(), lists.updatedSince(claim.generation(), caller,
                        extent.of(claim).updatedSince(), place.token()));
            case WITNESS -> witness.readPage(claim, caller, place, advance, extent.of(claim));
            case CUT -> store.cut(claim,
                    claim.generation() == Generation.V1 || store.hasReadByTime(claim) || workspace.filtersByTime(caller),
                    listsCalls(claim, caller));
            case DONE -> throw new IllegalArgumentException("The listing has ended");
        };
    }

    /** Whether the witness of a run that v1 reads brings the calls of groups: without them the run goes on. */
    private boolean listsCalls(ListingStore.Claim claim, Caller caller) {
        if (claim.generation() == Generation.DATED || claim.witness() == null) {
            return false;
        }
        try {
            return workspace.listsCalls(caller);
        } catch (OpenPhoneException.Unavailable e) {
            if (openPhone.isThere(caller) && store.countFailure(claim) >= config.maxConversationAttempts()) {
                return false;
            }
            throw e;
        }
    }

    private Optional<ListingStore.Place> readEverything(ListingStore.Claim claim, Caller caller, ListingStore.Place place,
            Advance advance) {
        var page = openPhone.conversations(caller, null, place.token());
        if (place.token() == null && page.nextToken() == null && page.items().isEmpty()) {
            believe(claim, caller, page.request());
        }
        return readConversations(claim, place, advance, Generation.V1, page);
    }

    private Optional<ListingStore.Place> endSlices(ListingStore.Claim claim, Caller caller, ListingStore.Place place) {
        if (store.hasNothing(claim)) {
            believe(claim, caller, "GET /conversations");
        }
        return store.move(claim, place, place.after(null));
    }

    /** A list without any conversation is asked for again some times; then the run fails. */
    private void believe(ListingStore.Claim claim, Caller caller, String request) {
        var doubt = empty.doubt(claim, caller);
        if (doubt != null) {
            throw store.countFailure(claim) < config.maxConversationAttempts()
                    ? OpenPhoneException.doubted(request, doubt)
                    : OpenPhoneException.implausible(request, doubt);
        }
    }

    private Optional<ListingStore.Place> readConversations(ListingStore.Claim claim, ListingStore.Place place, Advance advance,
            Generation by, Page<ConversationDocument> page) {
        return store.store(claim, place, advance.check(page),
                (conversations, run) -> store.storeConversations(conversations, run, by));
    }
}
