package org.openphoneimport.openphone;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
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
    @WithConverter(WebAddress.class)
    URI baseUrl();

    /**
     * Requests a second, all workers together; 0 lifts the limit. {@code auto} begins with 9.0 and uses what OpenPhone says it
     * grants, which is 10; after a 429 it leaves a tenth of that for two minutes, and uses 9.0 at most.
     */
    @WithDefault("auto")
    @WithConverter(Rate.AsText.class)
    Rate rate();

    /**
     * Which generations of the API to use. v1 needs two requests and more a conversation; the one of 2026-03-30 needs one for
     * 50 rows of the whole workspace, a twentieth in all, and has the calls of groups. With both, one reads and the other
     * confirms: its list of conversations costs a request for 100, the sample some 200 in all.
     */
    @WithDefault("auto")
    @WithConverter(Api.Converter.class)
    Api api();

    /**
     * How far ahead the rate limiter grants a slot. Longer means fewer statements, and more requests that are still sent
     * after a pause or a 429.
     */
    @WithDefault("250ms")
    Duration slotAhead();

    /**
     * How much too late a slot may still be used. A token rests at least a second after it, and may be granted again a quarter
     * of a second before that is over: by then it has to be known that the request came late.
     */
    @WithDefault("250ms")
    Duration slotTolerance();

    /** The longest that a 429 may stop everybody, whatever {@code Retry-After} says. */
    @WithDefault("15m")
    Duration longestBlock();

    /** A wait longer than this is not slept through: the work is handed back instead. */
    @WithDefault("20s")
    Duration patience();

    /** Generations of the API, and how to choose. */
    enum Api {
        /** {@code v1}. */
        V1,
        /** {@code 2026-03-30}; v1 where OpenPhone refuses it. An outage is waited for. */
        DATED,
        /** {@code auto}: both. The one of 2026-03-30 reads if it can, else v1; the other confirms. */
        AUTO;

        /** Since no name in Java begins with a digit. */
        public static final class Converter implements org.eclipse.microprofile.config.spi.Converter<Api> {

            private static final long serialVersionUID = 1;

            @Override
            public Api convert(String value) {
                return switch (value.strip().toLowerCase(Locale.ROOT)) {
                    case "v1" -> V1;
                    case "2026-03-30" -> DATED;
                    case "auto" -> AUTO;
                    default -> throw new IllegalArgumentException("OPENPHONE_API must be v1, 2026-03-30 or auto, not " + value);
                };
            }
        }
    }

    /** Without a scheme an address would be a path, and each request would fail. */
    final class WebAddress implements org.eclipse.microprofile.config.spi.Converter<URI> {

        private static final long serialVersionUID = 1;

        @Override
        public URI convert(String value) {
            var text = value.strip();
            try {
                if (text.toLowerCase(Locale.ROOT).matches("https?://[^/].*")) {
                    return URI.create(text);
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
            throw new IllegalArgumentException(
                    "OPENPHONE_BASE_URL must be an address that begins with https:// or http://, not " + value);
        }
    }
}
