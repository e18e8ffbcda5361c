package org.openphoneimport.openphone;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.WebhookDocument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The webhooks that were made through either API; neither lists those that were made in OpenPhone's app. Nothing here is
 * repeated automatically: a change that was not answered may have been made.
 */
@ApplicationScoped
public class Webhooks {

    private static final String DATE = Generation.DATED.text();

    private final WebhookApi api;
    private final Requests requests;
    private final RateLimiter limiter;
    private final ApiKey key;
    private final OpenPhoneJson json;
    private final Clock clock;

    Webhooks(@RestClient WebhookApi api, Requests requests, RateLimiter limiter, ApiKey key, OpenPhoneJson json, Clock clock) {
        this.api = api;
        this.requests = requests;
        this.limiter = limiter;
        this.key = key;
        this.json = json;
        this.clock = clock;
    }

    /**
     * v1's webhooks of a user.
     *
     * @param userId null for the workspace's owner
     */
    public List<WebhookDocument> list(Caller caller, @Nullable String userId) {
        var request = Request.list("webhooks").with("userId", userId);
        return documents(request, sendTwice(caller, request, () -> api.list(key.value(), userId)));
    }

    /** The webhooks of the dated API, of all users. */
    public List<WebhookDocument> listDated(Caller caller) {
        var request = Request.dated("webhooks");
        return documents(request, sendTwice(caller, request, () -> api.listDated(key.value(), DATE)));
    }

    private static List<WebhookDocument> documents(Request request, JsonNode answer) {
        if (!answer.path("data").isArray()) {
            throw new OpenPhoneException.Unavailable(request, "OpenPhone answered about webhooks without a list", null);
        }
        var webhooks = new ArrayList<WebhookDocument>();
        answer.path("data").forEach(webhook -> webhooks.add(WebhookDocument.of(webhook)));
        return webhooks;
    }

    /** Sets whether one of the dated API is called: v1 has no way to. */
    public void setLive(Caller caller, String id, boolean live) {
        var body = JsonNodeFactory.instance.objectNode().put("status", live ? "enabled" : "disabled").toString();
        send(caller, Request.dated("webhooks", id, null), () -> api.change(key.value(), DATE, id, body));
    }

    /** Deletes it; one that is gone already is no trouble. */
    public void delete(Caller caller, String id) {
        try {
            send(caller, Request.get("webhooks", id), () -> api.delete(key.value(), id));
        } catch (OpenPhoneException.Rejected e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    /** Makes one like it, which gets another id and another signing key. */
    public WebhookDocument create(Caller caller, WebhookDocument like) {
        var kind = String.valueOf(like.kind());
        var body = JsonNodeFactory.instance.objectNode().put("url", like.url());
        like.events().forEach(body.withArray("events")::add);
        like.resourceIds().forEach(body.withArray("resourceIds")::add);
        putIfThere(body, "label", like.label());
        putIfThere(body, "status", like.status());
        putIfThere(body, "userId", like.userId());
        return WebhookDocument.of(send(caller, Request.get("webhooks", kind),
                () -> api.create(key.value(), kind, body.toString())).path("data"));
    }

    private static void putIfThere(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /** A list may be asked for again: one connection that breaks is no reason to leave webhooks on. */
    private JsonNode sendTwice(Caller caller, Request request, Supplier<Response> exchange) {
        try {
            return send(caller, request, exchange);
        } catch (OpenPhoneException.Unavailable e) {
            return send(caller, request, exchange);
        }
    }

    private JsonNode send(Caller caller, Request request, Supplier<Response> exchange) {
        while (true) {
            try (var response = requests.inTurn(caller, exchange)) {
                if (response.getStatus() != 429) {
                    return document(request, response);
                }
                var wait = RetryAfter.of(response.getHeaderString("Retry-After"), response.getHeaderString("ratelimit"),
                        clock.instant());
                if (wait == null) {
                    limiter.block();
                } else {
                    limiter.block(wait);
                }
            } catch (OpenPhoneException | NotNowException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new OpenPhoneException.Unavailable(request,
                        "OpenPhone did not answer about webhooks: " + Unanswered.words(e), e);
            }
        }
    }

    private JsonNode document(Request request, Response response) {
        var body = response.hasEntity() ? new String(response.readEntity(byte[].class), StandardCharsets.UTF_8) : "";
        int status = response.getStatus();
        var what = "OpenPhone answered %d about webhooks%s".formatted(status,
                json.errorMessage(body).map(message -> ": " + message).orElse(""));
        if (status < 200 || status >= 300) {
            throw Refusals.of(request, status, what, response.getHeaderString("Content-Type"), json.error(body));
        }
        try {
            return body.isBlank() ? JsonNodeFactory.instance.objectNode() : json.read(body);
        } catch (JsonProcessingException e) {
            throw new OpenPhoneException.Unavailable(request, what + " with something that is not JSON", e);
        }
    }
}
