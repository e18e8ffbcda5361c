package org.openphoneimport.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** All that OpenPhone has been seen to do instead of answering, or while it answers. */
final class Faults {

    /** The rows with which the last page of a list ended, by what was asked for. */
    private final Map<String, List<JsonNode>> ends = new ConcurrentHashMap<>();

    /** Each kind of fault happens to that share of the requests, at random. */
    Interceptor storm(RandomGenerator random, double share) {
        return request -> {
            double dice = random.nextDouble();
            var kinds = kinds(request);
            int kind = (int) (dice / share);
            return kind < kinds.size() ? kinds.get(kind) : Fault.changed(page -> remember(request, page));
        };
    }

    /** What takes no wait of a second or more, at random. */
    Fault quick(RandomGenerator random, SampleRequest request) {
        var kinds = List.of(Fault.status(500), badGateway(), unavailable(), Fault.cut(), new Fault.Cut(0), Fault.truncated(),
                Fault.html(), slowDown("0"), Fault.changed(page -> shifted(request, page, 5)), Fault.changed(Faults::lie));
        return kinds.get(random.nextInt(kinds.size()));
    }

    private List<Fault> kinds(SampleRequest request) {
        return List.of(Fault.status(500), badGateway(), unavailable(), Fault.answer(Reply.empty(429)), slowDown("1"),
                Fault.cut(), new Fault.Cut(0), Fault.truncated(), Fault.html(), new Fault.NoAnswer(),
                Fault.changed(page -> shifted(request, page, 1)), Fault.changed(page -> shifted(request, page, 5)),
                Fault.changed(Faults::lie));
    }

    private static Fault badGateway() {
        return Fault.answer(Reply.html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"));
    }

    private static Fault unavailable() {
        return Fault.answer(Reply.empty(503).header("Retry-After", "1"));
    }

    static Fault slowDown(String seconds) {
        return Fault.answer(Reply.empty(429).header("Retry-After", seconds));
    }

    /** Rows of the page before stand on this one again, as if so many had come in meanwhile. */
    private JsonNode shifted(SampleRequest request, JsonNode page, int rows) {
        var before = ends.getOrDefault(Lists.of(request), List.of());
        remember(request, page);
        if (Lists.goesOn(request) && page.path("data") instanceof ArrayNode data) {
            before.stream().limit(rows).forEach(row -> data.insert(0, row));
        }
        return page;
    }

    /** Only lists have ends: what belongs to a call is one document. */
    private JsonNode remember(SampleRequest request, JsonNode page) {
        if (page.path("data") instanceof ArrayNode data) {
            var end = new ArrayList<JsonNode>();
            for (int i = data.size() - 1; i >= 0 && end.size() < 5; i--) {
                end.add(data.get(i));
            }
            ends.put(Lists.of(request), List.copyOf(end));
        }
        return page;
    }

    private static JsonNode lie(JsonNode page) {
        return page instanceof ObjectNode document && page.has("totalItems") ? document.put("totalItems", 7) : page;
    }
}
