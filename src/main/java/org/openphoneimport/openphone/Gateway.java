package org.openphoneimport.openphone;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.invocation.Primer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.faulttolerance.api.CircuitBreakerName;

/** Sends one request and tells a document from everything else that may come back. */
@ApplicationScoped
class Gateway implements Primer {

    static final String BREAKER = "openphone";

    private final OpenPhoneApi api;
    private final PromptApi promptApi;
    private final ApiKey key;
    private final OpenPhoneJson json;
    private final Quota quota;
    private final Clock clock;

    Gateway(@RestClient OpenPhoneApi api, PromptApi promptApi, ApiKey key, OpenPhoneJson json, Quota quota, Clock clock) {
        this.api = api;
        this.promptApi = promptApi;
        this.key = key;
        this.json = json;
        this.quota = quota;
        this.clock = clock;
    }

    /**
     * The answer's document. The breaker watches only whether OpenPhone answers at all: its own 4xx is an answer. Its window
     * spans about four seconds of the rate limit, so one thread's retries alone can't open it.
     *
     * @param promptly whether a person waits for it
     */
    @CircuitBreakerName(BREAKER)
    @CircuitBreaker(requestVolumeThreshold = 40, failureRatio = 0.9, delay = 10, delayUnit = ChronoUnit.SECONDS, successThreshold = 2, failOn = {
            OpenPhoneException.Unavailable.class,
            TimeoutException.class })
    @Timeout(value = 15, unit = ChronoUnit.SECONDS)
    JsonNode send(Request request, boolean promptly) {
        return answer(request, promptly ? promptApi.api() : api);
    }

    /** The same, whatever the breaker says and without telling it. */
    @Timeout(value = 15, unit = ChronoUnit.SECONDS)
    JsonNode sendPastBreaker(Request request) {
        return answer(request, api);
    }

    /** Asks without a key, and is refused. */
    @Override
    public void prime() {
        promptApi.api().list("", "phone-numbers", new MultivaluedHashMap<>()).close();
    }

    private JsonNode answer(Request request, OpenPhoneApi by) {
        try (var response = exchange(request, by)) {
            quota.read(response.getHeaderString("ratelimit-policy"));
            var body = response.hasEntity() ? new String(response.readEntity(byte[].class), StandardCharsets.UTF_8) : "";
            return document(request, response, body);
        } catch (OpenPhoneException e) {
            throw e;
        } catch (RuntimeException e) {
            // Not only ProcessingException: what breaks while the body comes is thrown as Vert.x has it.
            throw new OpenPhoneException.Unavailable(request,
                    "OpenPhone did not answer " + request + ": " + Unanswered.words(e), e);
        }
    }

    private Response exchange(Request request, OpenPhoneApi by) {
        var id = request.id();
        return switch (request.generation()) {
            case V1 -> id == null
                    ? by.list(key.value(), request.resource(), request.query())
                    : by.get(key.value(), request.resource(), id);
            case DATED -> exchangeDated(request, id, request.part(), by);
        };
    }

    private Response exchangeDated(Request request, @Nullable String id, @Nullable String part, OpenPhoneApi by) {
        var version = Generation.DATED.text();
        if (id == null) {
            return by.listDated(key.value(), version, request.resource(), request.query());
        }
        return part == null ? by.getDated(key.value(), version, request.resource(), id, request.query())
                : by.listDated(key.value(), version, request.resource(), id, part, request.query());
    }

    private JsonNode document(Request request, Response response, String body) {
        int status = response.getStatus();
        if (status == 429) {
            throw new OpenPhoneException.RateLimited(request,
                    RetryAfter.of(response.getHeaderString("Retry-After"), response.getHeaderString("ratelimit"),
                            clock.instant()));
        }
        if (status >= 200 && status < 300) {
            return document(request, body);
        }
        var what = "OpenPhone answered " + status + " to " + request + explanation(body);
        throw Refusals.of(request, status, what, response.getHeaderString("Content-Type"), json.error(body));
    }

    private JsonNode document(Request request, String body) {
        try {
            var document = json.read(body);
            if (document.has("data") || (document.has("id") && !request.isEnveloped())) {
                return document;
            }
        } catch (JsonProcessingException e) {
            throw new OpenPhoneException.Unavailable(request,
                    "OpenPhone answered " + request + " with something that is not JSON", e);
        }
        throw new OpenPhoneException.Unavailable(request, "OpenPhone answered " + request + " without data", null);
    }

    private String explanation(String body) {
        return json.errorMessage(body).map(message -> ": " + message).orElse("");
    }
}
