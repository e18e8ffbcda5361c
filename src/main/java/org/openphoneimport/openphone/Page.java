package org.openphoneimport.openphone;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.Fields;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One page of a list.
 *
 * @param items documents, in OpenPhone's order; may be none although more follow
 * @param nextToken of the next page, or null on the last
 * @param unreadable how many elements were no documents at all
 * @param request that brought it, as it can be tried again
 * @param askedAs the member as whom it had to be asked for, so that it may lack what others sent; null as a rule
 * @param namedItself whether it is the last one, though it named itself as the next
 */
public record Page<T>(List<T> items, @Nullable String nextToken, int unreadable, String request, @Nullable String askedAs,
        boolean namedItself) {

    public Page(List<T> items, @Nullable String nextToken, int unreadable, String request, @Nullable String askedAs) {
        this(items, nextToken, unreadable, request, askedAs, false);
    }

    static <T> Page<T> read(Request request, JsonNode answer, Function<Fields, T> document) {
        var data = answer.path("data");
        if (!data.isArray()) {
            throw new OpenPhoneException.Unavailable(request, "OpenPhone answered " + request + " without a list", null);
        }
        var items = new ArrayList<T>();
        data.forEach(element -> {
            if (element.isObject()) {
                items.add(document.apply(new Fields(element)));
            }
        });
        return new Page<>(List.copyOf(items), next(answer), data.size() - items.size(), request.toString(), null);
    }

    /** What is odd about it, each in a sentence. */
    public List<String> oddities() {
        var oddities = new ArrayList<String>();
        if (unreadable > 0) {
            oddities.add("Elements of the list that are no documents: " + unreadable);
        }
        if (namedItself) {
            oddities.add("The last page of the list is empty and names itself as the next; it was taken for the end");
        }
        return oddities;
    }

    /** The same as the last one. */
    Page<T> end() {
        return new Page<>(items, null, unreadable, request, askedAs, true);
    }

    Page<T> askedAs(String member) {
        return new Page<>(items, nextToken, unreadable, request, member);
    }

    private static @Nullable String next(JsonNode answer) {
        var next = answer.path("nextPageToken").asText(answer.path("nextCursor").asText(""));
        return next.isEmpty() ? null : next;
    }
}
