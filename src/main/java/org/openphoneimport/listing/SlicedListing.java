package org.openphoneimport.listing;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.Paging;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.openphone.WholeWorkspace.Order;

/**
 * Lists all conversations of a workspace by the time they were created: the pages at both ends first, then what is between, in
 * several slices side by side. One cursor after the other could not use the rate that OpenPhone grants.
 */
@ApplicationScoped
class SlicedListing {

    private static final int READERS = 4;

    private final WholeWorkspace workspace;
    private final ListingEnds ends;
    private final ListingSlices slices;
    private final ListingStore store;

    SlicedListing(WholeWorkspace workspace, ListingEnds ends, ListingSlices slices, ListingStore store) {
        this.workspace = workspace;
        this.ends = ends;
        this.slices = slices;
        this.store = store;
    }

    /** Returns once all are stored; false when the listing is another worker's by now. */
    boolean list(ListingClaim claim, Caller caller) {
        if (!slices.areCut(claim) && !cut(claim, caller)) {
            return false;
        }
        try {
            return listSlices(claim, caller);
        } catch (OtherTimesException e) {
            return listAll(claim, caller);
        }
    }

    /** Once through, in the order of v1, which needs no bounds: OpenPhone has been found to ignore them. */
    private boolean listAll(ListingClaim claim, Caller caller) {
        var paging = new Paging();
        String token = null;
        do {
            var page = paging.check(workspace.conversations(caller, new TimeSlice(null, null), Order.NEWEST_FIRST, token));
            if (!slices.keep(claim, page)) {
                return false;
            }
            token = page.nextToken();
        } while (token != null);
        if (!slices.endAll(claim)) {
            return false;
        }
        store.warn(claim, "OpenPhone ignores the times that conversations are asked for, so all of them were listed at once");
        return true;
    }

    private boolean listSlices(ListingClaim claim, Caller caller) {
        var open = slices.open(claim);
        var turns = new Semaphore(READERS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var listed = new ExecutorCompletionService<Boolean>(threads);
            open.forEach(slice -> listed.submit(() -> {
                turns.acquire();
                try {
                    return readSlice(claim, caller, slice);
                } finally {
                    turns.release();
                }
            }));
            boolean ours = true;
            for (int i = 0; i < open.size() && ours; i++) {
                ours = outcome(listed, threads::shutdownNow);
            }
            if (!ours) {
                threads.shutdownNow();
            }
            return ours;
        }
    }

    private boolean cut(ListingClaim claim, Caller caller) {
        return ends.read(claim, caller).map(edges -> slices.cut(claim, edges)).orElse(false);
    }

    private static boolean outcome(ExecutorCompletionService<Boolean> listed, Runnable stop) {
        try {
            return listed.take().get();
        } catch (InterruptedException e) {
            stop.run();
            Thread.currentThread().interrupt();
            throw new NotNowException.OutOfTime();
        } catch (ExecutionException e) {
            stop.run();
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("Failed to list conversations: " + e.getCause(), e);
        }
    }

    private boolean readSlice(ListingClaim claim, Caller caller, ListingSlices.Slice slice) {
        var paging = new Paging();
        var place = slice;
        // OpenPhone refuses a cursor that comes with another question.
        var rest = slice.rest();
        String token = null;
        while (true) {
            Page<ConversationDocument> page;
            try {
                page = paging.check(workspace.conversations(caller, rest, Order.OLDEST_FIRST, token));
            } catch (OpenPhoneException.Rejected e) {
                if (!paging.beginsAgain(e, token, place.place())) {
                    throw e;
                }
                rest = place.rest();
                token = null;
                continue;
            }
            if (!page.items().stream().map(ConversationDocument::createdAt).allMatch(rest::holds)) {
                throw new OtherTimesException();
            }
            token = page.nextToken();
            var next = token == null ? null : place.after(page);
            if (!slices.store(claim, place, next, page)) {
                return false;
            }
            if (next == null) {
                return true;
            }
            place = next;
        }
    }

    /** OpenPhone answered with conversations of other times than were asked for: each slice would list all of them. */
    private static final class OtherTimesException extends RuntimeException {

        private static final long serialVersionUID = 1;
    }
}
