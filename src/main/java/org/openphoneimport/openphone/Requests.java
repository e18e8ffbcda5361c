package org.openphoneimport.openphone;

import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.faulttolerance.api.ExponentialBackoff;

/**
 * Repeats a request that OpenPhone did not answer, each time in a slot of its own. A 429 is no failure: everybody waits, and
 * the request is sent when the wait is over, however often.
 */
@ApplicationScoped
class Requests {

    private final RateLimiter limiter;
    private final Gateway gateway;

    Requests(RateLimiter limiter, Gateway gateway) {
        this.limiter = limiter;
        this.gateway = gateway;
    }

    @Retry(maxRetries = 4, delay = 500, jitter = 250, maxDuration = 15, durationUnit = ChronoUnit.MINUTES, retryOn = OpenPhoneException.Unavailable.class)
    @ExponentialBackoff(maxDelay = 8, maxDelayUnit = ChronoUnit.SECONDS)
    JsonNode send(Caller caller, Request request) {
        return sendOnce(caller, request);
    }

    /** Without a repetition, for callers who are waited for by a person. */
    JsonNode sendOnce(Caller caller, Request request) {
        for (boolean refused = false;; refused = true) {
            limiter.await(caller);
            try {
                return gateway.send(request);
            } catch (OpenPhoneException.RateLimited e) {
                // "Again at once" is believed once.
                if (e.retryAfter == null || (refused && e.retryAfter.isZero())) {
                    limiter.block();
                } else {
                    limiter.block(e.retryAfter);
                }
            } catch (CircuitBreakerOpenException e) {
                throw new NotNowException.Away();
            } catch (TimeoutException e) {
                throw new OpenPhoneException.Unavailable(request, "OpenPhone did not answer " + request + " in time", e);
            }
        }
    }
}
