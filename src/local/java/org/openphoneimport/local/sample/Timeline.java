package org.openphoneimport.local.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Documents, newest first and those without a time last, in pages. A page begins behind a place and not at a number, so that
 * rows that come in meanwhile shift nothing; a document that moves to the front while a client pages stands on no page behind.
 */
final class Timeline<T> {

    private final Function<T, String> id;
    private final Function<T, @Nullable Instant> time;
    private final TreeMap<Place, T> documents = new TreeMap<>();
    private final Map<String, Place> places = new HashMap<>();

    Timeline(Function<T, String> id, Function<T, @Nullable Instant> time) {
        this.id = id;
        this.time = time;
    }

    /** Adds a document, or replaces the one with its id. */
    synchronized void put(T document) {
        var place = new Place(time.apply(document), id.apply(document));
        var before = places.put(place.id(), place);
        if (before != null) {
            documents.remove(before);
        }
        documents.put(place, document);
    }

    /** Which end of the time comes first. */
    enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    /** Returns what fulfils the condition, newest first, from behind that place on. */
    Page<T> page(@Nullable Place after, int size, Predicate<? super T> condition) {
        return page(after, size, Order.NEWEST_FIRST, condition);
    }

    /** Returns what fulfils the condition, from behind that place on. */
    synchronized Page<T> page(@Nullable Place after, int size, Order order, Predicate<? super T> condition) {
        NavigableMap<Place, T> ordered = order == Order.NEWEST_FIRST ? documents : documents.descendingMap();
        var rows = new ArrayList<T>(size);
        Place last = null;
        for (var entry : (after == null ? ordered : ordered.tailMap(after, false)).entrySet()) {
            if (condition.test(entry.getValue())) {
                if (rows.size() == size) {
                    return new Page<>(rows, last);
                }
                rows.add(entry.getValue());
                last = entry.getKey();
            }
        }
        return new Page<>(rows, null);
    }

    /** Where a document stands. */
    record Place(@Nullable Instant at, String id) implements Comparable<Place> {

        private static final Comparator<Place> ORDER = Comparator
                .comparing((Place place) -> place.at() == null ? Instant.MIN : place.at(), Comparator.reverseOrder())
                .thenComparing(Place::id);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Some documents.
     *
     * @param last where the next page begins behind; null on the last page
     */
    record Page<T>(List<T> rows, @Nullable Place last) {
    }
}
