package org.openphoneimport.openphone;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The workspace to import, and how hard to ask it. */
@ConfigMapping(prefix = "openphone")
public interface OpenPhoneConfig {

    /** The key as Workspace Settings, API shows it: sent raw, without {@code Bearer}. */
    Optional<String> apiKey();

    /** The name or ARN of the secret in AWS Secrets Manager that holds the key, where it is not configured itself. */
    Optional<String> apiKeySecret();

    /** Where the API stands, without {@code /v1}. */
    @WithDefault("https://api.quo.com")
    URI baseUrl();

    /**
     * Requests a second, all workers together; 0 lifts the limit. OpenPhone grants 10. At 9.5 the scheduling jitter of 50
     * workers put an eleventh request into a second about once in a hundred; each such request costs everybody a wait.
     */
    @WithDefault("9.0")
    double rate();

    /** Which generation of the API to use. */
    @WithDefault("v1")
    Api api();

    /**
     * How far ahead the rate limiter grants a slot. Longer means fewer statements, and more requests that are still sent
     * after a pause or a 429.
     */
    @WithDefault("250ms")
    Duration slotAhead();

    /**
     * How much too late a slot may still be used. Late requests come close to the next ones: at 9.0/s and 60 ms eleven never
     * fall into one second; a smaller number throws slots away on a busy machine.
     */
    @WithDefault("60ms")
    Duration slotTolerance();

    /** The longest that a 429 may stop everybody, whatever {@code Retry-After} says. */
    @WithDefault("15m")
    Duration longestBlock();

    /** A wait longer than this is not slept through: the work is handed back instead. */
    @WithDefault("20s")
    Duration patience();

    /** Generations of the API. */
    enum Api {
        /** {@code /v1}: one request or more a conversation. */
        V1
    }
}
