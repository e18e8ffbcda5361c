package org.openphoneimport.local.sample;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.openphoneimport.local.sample.document.SampleDatedWebhook;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;

import static org.openphoneimport.local.sample.ApiResource.WEBHOOKS;

/** The webhooks of the dated API: list, get, pause. It knows none of v1's. */
final class DatedWebhookRoutes {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Set<String> STATUSES = Set.of("enabled", "disabled");

    private final SampleWebhooks webhooks;

    DatedWebhookRoutes(SampleWorkspace workspace) {
        this.webhooks = workspace.webhooks();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/webhooks", WEBHOOKS, Set.of(), (request, none) -> Route.data(webhooks.dated())),
                Route.one("/webhooks/{webhookId}", WEBHOOKS, (request, id) -> Route.data(known(id))),
                new Route("PATCH", "/webhooks/{webhookId}", WEBHOOKS, Set.of(), this::change));
    }

    private SampleDatedWebhook known(String id) {
        if (!DIGITS.matcher(id).matches()) {
            throw WEBHOOKS.badParameter("webhookId", "Expected string to match '^[0-9]+$'", id, "string");
        }
        return webhooks.dated(id).orElseThrow(() -> WEBHOOKS.notFound(id));
    }

    /** Nothing but the status can be changed here. */
    private Reply change(SampleRequest request, String id) {
        var webhook = known(id);
        var status = body(request).path("status");
        if (!STATUSES.contains(status.asText())) {
            throw WEBHOOKS.badParameter("status", "Expected union value", status.asText(), "string");
        }
        return Route.data(webhooks.put(webhook.withStatus(status.asText(), Instant.now())));
    }

    private static JsonNode body(SampleRequest request) {
        try {
            return Json.read(request.body().getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw WEBHOOKS.badParameter("", "Expected object", null, "object");
        }
    }
}
