package org.openphoneimport.openphone;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One page of a list.
 *
 * @param items documents, in OpenPhone's order; may be none although more follow
 * @param nextToken of the next page, or null on the last
 * @param unreadable how many elements were no documents at all
 * @param request that brought it, as it can be tried again
 * @param askedAs the member as whom it had to be asked for, so that it may lack what others sent; null as a rule
 */
public record Page<T>(List<T> items, @Nullable String nextToken, int unreadable, String request, @Nullable String askedAs) {

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

    Page<T> askedAs(String member) {
        return new Page<>(items, nextToken, unreadable, request, member);
    }

    private static @Nullable String next(JsonNode answer) {
        var next = answer.path("nextPageToken").asText(answer.path("nextCursor").asText(""));
        return next.isEmpty() ? null : next;
    }
}
