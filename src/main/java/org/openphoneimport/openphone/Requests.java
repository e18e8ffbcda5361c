package org.openphoneimport.openphone;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.openphone.OpenPhoneException.KeyRefused.Cause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.ExponentialBackoff;

/**
 * Repeats a request that OpenPhone did not answer, each time in a slot of its own. A 429 is no failure: everybody waits, and
 * the request is sent when the wait is over, however often.
 */
@ApplicationScoped
class Requests {

    static final Request ORGANIZATION = Request.dated("organization");

    // With the time for the answer, less than any lease: none is renewed meanwhile.
    private static final Duration SOON = Duration.ofSeconds(20);

    /** What shows whose a key is, so it may be asked for under any. */
    static final Request NUMBERS = Request.list("phone-numbers");

    private static final Request DATED_NUMBERS = Request.dated("phone-numbers");

    private final RateLimiter limiter;
    private final Gateway gateway;
    private final LastAnswered answered;
    private final CircuitBreakerMaintenance breakers;
    private final WorkspaceKeys keys;
    private final Clock clock;
    /** What to say when the breaker is open: what came last of that which opened it. */
    private volatile String outage = "OpenPhone does not answer";
    private final Lock proving = new ReentrantLock();

    Requests(RateLimiter limiter, Gateway gateway, LastAnswered answered, CircuitBreakerMaintenance breakers,
            WorkspaceKeys keys, Clock clock) {
        this.limiter = limiter;
        this.gateway = gateway;
        this.answered = answered;
        this.breakers = breakers;
        this.keys = keys;
        this.clock = clock;
    }

    JsonNode send(Caller caller, Request request) {
        var tries = new Tries();
        try {
            return send(caller, request, tries);
        } catch (NotNowException.Away | NotNowException.OutOfTime e) {
            // It was asked in vain, which says more than that there was no time to ask once more.
            if (tries.unanswered != null) {
                throw tries.unanswered;
            }
            throw e;
        }
    }

    @Retry(maxRetries = 4, delay = 500, jitter = 250, maxDuration = 15, durationUnit = ChronoUnit.MINUTES, retryOn = OpenPhoneException.Unavailable.class)
    @ExponentialBackoff(maxDelay = 8, maxDelayUnit = ChronoUnit.SECONDS)
    JsonNode send(Caller caller, Request request, Tries tries) {
        try {
            return sendOnce(caller, request);
        } catch (OpenPhoneException.Unavailable e) {
            tries.unanswered = e;
            throw e;
        }
    }

    /** Without a repetition. */
    JsonNode sendOnce(Caller caller, Request request) {
        return sendOnce(caller, request, each -> gateway.send(each, false));
    }

    /** Without a repetition, for callers who are waited for by a person: once it is sent it is answered soon, or not at all. */
    JsonNode sendPromptly(Caller caller, Request request) {
        return sendOnce(caller, request, each -> gateway.send(each, true));
    }

    /**
     * Whether a request is answered, be it with a refusal; sent once, soon or not at all, and past the circuit breaker. That
     * begins anew then: what has filled its window is trouble with certain requests, or with one kind of them.
     *
     * @return why it is not; empty when it is
     */
    Optional<OpenPhoneException.Unavailable> unanswered(Caller caller, Request request) {
        try {
            sendOnce(caller.until(clock.instant().plus(SOON)), request, gateway::sendPastBreaker);
        } catch (OpenPhoneException.Rejected e) {
            // It answers.
        } catch (OpenPhoneException.Unavailable e) {
            return Optional.of(e);
        }
        breakers.reset(Gateway.BREAKER);
        return Optional.empty();
    }

    /** Sends what is sent in another way when it may be. */
    <T> T inTurn(Caller caller, Supplier<T> exchange) {
        return answered(turn(caller, true, each -> gateway.send(each, false)), exchange);
    }

    private RateLimiter.Turn turn(Caller caller, boolean provenKey, Function<Request, JsonNode> way) {
        while (true) {
            var turn = limiter.await(caller, provenKey);
            if (turn != null) {
                return turn;
            }
            proveKey(caller, way);
        }
    }

    private <T> T answered(RateLimiter.Turn turn, Supplier<T> exchange) {
        try {
            var answer = exchange.get();
            limiter.letThrough(turn);
            return answer;
        } finally {
            limiter.answered(turn);
        }
    }

    private static boolean showsKey(Request request) {
        return request.equals(NUMBERS) || request.kind().equals(DATED_NUMBERS.kind());
    }

    private JsonNode sendOnce(Caller caller, Request request, Function<Request, JsonNode> way) {
        for (boolean refused = false;; refused = true) {
            var turn = turn(caller, !showsKey(request), way);
            try {
                var answer = answered(turn, () -> way.apply(request));
                answered.note(request);
                return answer;
            } catch (OpenPhoneException.Rejected e) {
                answered.note(request);
                throw e;
            } catch (OpenPhoneException.RateLimited e) {
                // "Again at once" is believed once.
                if (e.retryAfter == null || (refused && e.retryAfter.isZero())) {
                    limiter.block();
                } else {
                    limiter.block(e.retryAfter);
                }
            } catch (OpenPhoneException.KeyRefused e) {
                throw e.refused() == Cause.PAYMENT ? explained(caller, request, e) : e;
            } catch (CircuitBreakerOpenException e) {
                throw new NotNowException.Away(outage);
            } catch (TimeoutException e) {
                throw noted(new OpenPhoneException.Unavailable(request, "OpenPhone did not answer " + request + " in time", e));
            } catch (OpenPhoneException.Unavailable e) {
                throw noted(e);
            }
        }
    }

    /** What a 402 wants that does not say so itself: the organization tells whether its subscription has expired. */
    private OpenPhoneException explained(Caller caller, Request request, OpenPhoneException.KeyRefused refusal) {
        var turn = turn(caller, false, gateway::sendPastBreaker);
        try {
            var organization = answered(turn, () -> gateway.sendPastBreaker(ORGANIZATION));
            var document = organization.path("data").isObject() ? organization.path("data") : organization;
            return switch (document.path("subscriptionStatus").asText()) {
                case "active" -> new OpenPhoneException.Rejected(request, Refusals.PAYMENT,
                        refusal.what() + ". The subscription is active");
                case "expired" -> new OpenPhoneException.KeyRefused(request, Cause.SUBSCRIPTION, refusal.what());
                default -> refusal;
            };
        } catch (OpenPhoneException | TimeoutException e) {
            return refusal;
        }
    }

    private OpenPhoneException.Unavailable noted(OpenPhoneException.Unavailable unanswered) {
        outage = unanswered.outage();
        return unanswered;
    }

    /** One asks for all that wait, and once a key: another workspace's rows must never come beside those that are stored. */
    private void proveKey(Caller caller, Function<Request, JsonNode> way) {
        proving.lock();
        try {
            if (!keys.isProven() && !keys.prove(Page.read(NUMBERS, numbers(caller, way), PhoneNumberDocument::read).items())) {
                throw new OpenPhoneException.KeyRefused(NUMBERS, OpenPhoneException.KeyRefused.Cause.FOREIGN,
                        WorkspaceKeys.FOREIGN);
            }
        } finally {
            proving.unlock();
        }
    }

    /** The workspace's numbers, through the API of 2026-03-30 where v1 does not give them. */
    JsonNode numbers(Caller caller, BiFunction<Caller, Request, JsonNode> way) {
        try {
            return way.apply(caller, NUMBERS);
        } catch (OpenPhoneException.Rejected | OpenPhoneException.Unavailable e) {
            if (e instanceof OpenPhoneException.Unavailable unanswered && !unanswered.isBetween()) {
                throw e;
            }
            try {
                return datedNumbers(caller, way);
            } catch (OpenPhoneException.Rejected | OpenPhoneException.Unavailable neither) {
                throw e;
            }
        }
    }

    /** All pages as one answer: v1 has none. */
    private static JsonNode datedNumbers(Caller caller, BiFunction<Caller, Request, JsonNode> way) {
        var numbers = JsonNodeFactory.instance.arrayNode();
        var tokens = new HashSet<@Nullable String>();
        String token = null;
        while (tokens.add(token)) {
            var answer = way.apply(caller, Request.dated("phone-numbers").page(WholeWorkspace.PAGE_SIZE, token));
            answer.path("data").forEach(numbers::add);
            token = answer.path("nextCursor").textValue();
        }
        return JsonNodeFactory.instance.objectNode().set("data", numbers);
    }

    private JsonNode numbers(Caller caller, Function<Request, JsonNode> way) {
        try {
            return numbers(caller, (each, request) -> sendOnce(each, request, way));
        } catch (OpenPhoneException.Rejected e) {
            throw new OpenPhoneException.KeyRefused(NUMBERS, OpenPhoneException.KeyRefused.Cause.KEY,
                    "Whether the API key is one of this workspace could not be found out. " + e.what());
        }
    }

    /** What became of the tries before. */
    static final class Tries {
        private OpenPhoneException.@Nullable Unavailable unanswered;
    }
}
