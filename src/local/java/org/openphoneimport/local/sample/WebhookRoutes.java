package org.openphoneimport.local.sample;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;

import static org.openphoneimport.local.sample.ApiResource.WEBHOOKS;

/** Webhooks: list, make, delete. They are never called. */
final class WebhookRoutes {

    private static final Set<String> STATUSES = Set.of("enabled", "disabled");

    private final SampleWebhooks webhooks;
    private final String owner;

    WebhookRoutes(SampleWorkspace workspace) {
        this.webhooks = workspace.webhooks();
        this.owner = workspace.directory().owner().id();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/v1/webhooks", WEBHOOKS, Set.of("userId"), this::list),
                create("messages", Set.of("message.received", "message.delivered")),
                create("calls", Set.of("call.completed", "call.ringing", "call.recording.completed")),
                create("call-summaries", Set.of("call.summary.completed")),
                create("call-transcripts", Set.of("call.transcript.completed")),
                Route.one("/v1/webhooks/{id}", WEBHOOKS,
                        (request, id) -> webhooks.find(id).map(Route::data).orElseThrow(() -> WEBHOOKS.notFound(id))),
                new Route("DELETE", "/v1/webhooks/{id}", WEBHOOKS, Set.of(), this::delete));
    }

    private Route create(String kind, Set<String> events) {
        return new Route("POST", "/v1/webhooks/" + kind, WEBHOOKS, Set.of(),
                (request, none) -> Reply.json(201, Map.of("data", create(body(request), events))));
    }

    private Reply list(SampleRequest request, String none) {
        var user = new Query(request, WEBHOOKS).optional("userId", Query.USER).orElse(owner);
        return Route.data(webhooks.all().stream().filter(webhook -> webhook.userId().equals(user)).toList());
    }

    private Object create(JsonNode body, Set<String> known) {
        var events = texts(body.path("events"));
        var resources = texts(body.path("resourceIds"));
        var status = body.path("status").asText("enabled");
        if (!body.path("url").asText().startsWith("http")) {
            throw WEBHOOKS.badParameter("url", "Expected string to match 'uri' format", body.get("url"), "string");
        }
        if (events.isEmpty() || !known.containsAll(events)) {
            throw WEBHOOKS.badParameter("events", "Expected union value", body.get("events"), "array");
        }
        if (!STATUSES.contains(status)) {
            throw WEBHOOKS.badParameter("status", "Expected union value", status, "string");
        }
        return webhooks.create(body.path("userId").asText(owner), body.path("label").asText(null), status,
                body.path("url").asText(), events, resources.isEmpty() ? List.of("*") : resources, Instant.now());
    }

    private Reply delete(SampleRequest request, String id) {
        if (!webhooks.delete(id)) {
            throw WEBHOOKS.notFound(id);
        }
        return Reply.empty(204);
    }

    private static JsonNode body(SampleRequest request) {
        try {
            return Json.read(request.body().getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw WEBHOOKS.badParameter("", "Expected object", null, "object");
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
