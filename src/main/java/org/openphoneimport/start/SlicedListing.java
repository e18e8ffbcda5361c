package org.openphoneimport.start;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Advance;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.ConversationDocument;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.openphone.WholeWorkspace.Order;

/**
 * Lists all conversations of a workspace by the time they were created: the pages at both ends first, since they show how long
 * the time between them is and hold what has no time, then what is between, in several slices side by side. One cursor after
 * the other could not use the rate that OpenPhone grants.
 */
@ApplicationScoped
class SlicedListing {

    private static final int READERS = 4;
    private static final int MOST_SLICES = 12;
    // Fewer would cost more half-empty pages than they save time.
    private static final int PAGES_EACH = 5;
    private static final TimeSlice EVERYTHING = new TimeSlice(null, null);

    private final WholeWorkspace workspace;
    private final ListingSlices slices;

    SlicedListing(WholeWorkspace workspace, ListingSlices slices) {
        this.workspace = workspace;
        this.slices = slices;
    }

    /** Returns once all are stored; false when the listing is another worker's by now. */
    boolean list(ListingStore.Claim claim, Caller caller) {
        if (!slices.areCut(claim) && !readEnds(claim, caller)) {
            return false;
        }
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

    private boolean readEnds(ListingStore.Claim claim, Caller caller) {
        var oldest = new End();
        var newest = new End();
        if (!readEnd(claim, caller, Order.OLDEST_FIRST, oldest) || !readEnd(claim, caller, Order.NEWEST_FIRST, newest)) {
            return false;
        }
        return slices.cut(claim, edges(oldest, newest));
    }

    /** Reads pages until one ends with a conversation that has a time of creation: those without stand at one of the ends. */
    private boolean readEnd(ListingStore.Claim claim, Caller caller, Order order, End end) {
        var advance = new Advance();
        String token = null;
        do {
            var page = advance.check(workspace.conversations(caller, EVERYTHING, order, token));
            if (!slices.keep(claim, page)) {
                return false;
            }
            end.add(page);
            token = page.nextToken();
        } while (token != null && end.inner == null);
        end.isAll = token == null;
        return true;
    }

    /** Where the time between the ends is cut; none when the ends are all there is. */
    static List<Instant> edges(End oldest, End newest) {
        var from = oldest.inner;
        var to = newest.inner;
        if (oldest.isAll || newest.isAll || from == null || to == null || to.isBefore(from)) {
            return List.of();
        }
        double pages = 2.0 * millis(from, to) / Math.max(1, oldest.span() + newest.span());
        int count = (int) Math.clamp(Math.ceil(pages / PAGES_EACH), 1, MOST_SLICES);
        return IntStream.rangeClosed(0, count)
                .mapToObj(i -> i == count ? to : from.plusMillis(millis(from, to) * i / count)).toList();
    }

    private boolean readSlice(ListingStore.Claim claim, Caller caller, ListingSlices.Slice slice) {
        var advance = new Advance();
        var place = slice;
        // OpenPhone refuses a cursor that comes with another question.
        var rest = slice.rest();
        String token = null;
        @Nullable
        Instant refusedAt = null;
        while (true) {
            Page<ConversationDocument> page;
            try {
                page = advance.check(workspace.conversations(caller, rest, Order.OLDEST_FIRST, token));
            } catch (OpenPhoneException.Rejected e) {
                // Tokens do not live for ever. What is listed again is recognised.
                if (token == null || place.place().equals(refusedAt)) {
                    throw e;
                }
                refusedAt = place.place();
                rest = place.rest();
                token = null;
                advance = new Advance();
                continue;
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

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    /** What the pages at one end of everything show. */
    static final class End {

        private @Nullable Instant outer;
        private @Nullable Instant inner;
        private boolean isAll;

        void add(Page<ConversationDocument> page) {
            var times = page.items().stream().map(ConversationDocument::createdAt);
            var dated = times.flatMap(Stream::ofNullable).toList();
            if (outer == null && !dated.isEmpty()) {
                outer = dated.getFirst();
            }
            inner = page.items().isEmpty() ? null : page.items().getLast().createdAt();
        }

        long span() {
            return outer == null || inner == null ? 0 : Math.abs(millis(outer, inner));
        }
    }
}
