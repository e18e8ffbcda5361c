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
 * @param withoutId how many elements had no id and could not be kept
 * @param request that brought it, as it can be tried again
 */
public record Page<T>(List<T> items, @Nullable String nextToken, int withoutId, String request) {

    static <T> Page<T> read(Request request, @Nullable String token, JsonNode answer, Function<Fields, T> document) {
        var data = answer.path("data");
        if (!data.isArray()) {
            throw new OpenPhoneException.Unavailable(request, "OpenPhone answered " + request + " without a list", null);
        }
        var items = new ArrayList<T>();
        int withoutId = 0;
        for (var element : data) {
            if (element.path("id").isTextual() && !element.path("id").textValue().isBlank()) {
                items.add(document.apply(new Fields(element)));
            } else {
                withoutId++;
            }
        }
        return new Page<>(List.copyOf(items), next(request, token, answer), withoutId, request.toString());
    }

    private static @Nullable String next(Request request, @Nullable String token, JsonNode answer) {
        var next = answer.path("nextPageToken").asText(null);
        if (next == null || next.isEmpty()) {
            return null;
        }
        if (next.equals(token)) {
            throw new OpenPhoneException.Unavailable(request, "OpenPhone's pages do not advance at " + request, null);
        }
        return next;
    }
}
