package org.openphoneimport.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.Paging;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.openphone.WholeWorkspace.Order;

/**
 * The pages at both ends of all conversations, by the time they were created: they hold what has no time, and show how long the
 * time between them is.
 */
@ApplicationScoped
class ListingEnds {

    private static final int MOST_SLICES = 12;
    // Fewer would cost more half-empty pages than they save time.
    private static final int PAGES_EACH = 5;
    private static final TimeSlice EVERYTHING = new TimeSlice(null, null);

    private final WholeWorkspace workspace;
    private final ListingSlices slices;

    ListingEnds(WholeWorkspace workspace, ListingSlices slices) {
        this.workspace = workspace;
        this.slices = slices;
    }

    /**
     * Stores these pages.
     *
     * @return where the time between them is cut, nowhere when there is none; empty when the listing is another worker's by now
     */
    Optional<List<Instant>> read(ListingClaim claim, Caller caller) {
        var oldest = new End();
        var newest = new End();
        return read(claim, caller, Order.OLDEST_FIRST, oldest) && read(claim, caller, Order.NEWEST_FIRST, newest)
                ? Optional.of(edges(oldest, newest))
                : Optional.empty();
    }

    /** Reads pages until one ends with a conversation that has a time of creation: those without stand at one of the ends. */
    private boolean read(ListingClaim claim, Caller caller, Order order, End end) {
        var paging = new Paging();
        String token = null;
        do {
            var page = paging.check(workspace.conversations(caller, EVERYTHING, order, token));
            if (!slices.keep(claim, page)) {
                return false;
            }
            end.add(page);
            token = page.nextToken();
        } while (token != null && end.inner == null);
        end.isAll = token == null;
        return true;
    }

    private static List<Instant> edges(End oldest, End newest) {
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

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    /** What the pages at one end show. */
    private static final class End {

        private @Nullable Instant outer;
        private @Nullable Instant inner;
        private boolean isAll;

        void add(Page<ConversationDocument> page) {
            var dated = page.items().stream().map(ConversationDocument::createdAt).flatMap(Stream::ofNullable).toList();
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
