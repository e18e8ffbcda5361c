package org.openphoneimport.openphone;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How long a 429 asks to wait: {@code Retry-After} in seconds or as a date, else the {@code t} of {@code ratelimit:
 * "per-second"; r=0; t=1}, which was seen on live accounts.
 */
final class RetryAfter {

    private static final Pattern RESET = Pattern.compile("\\bt=(\\d{1,6})");

    private RetryAfter() {
    }

    static @Nullable Duration of(@Nullable String retryAfter, @Nullable String rateLimit, Instant now) {
        if (retryAfter != null) {
            var wait = retryAfter.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : untilDate(retryAfter, now);
            if (wait != null) {
                return wait;
            }
        }
        var reset = RESET.matcher(rateLimit == null ? "" : rateLimit);
        // t is rounded, and 0 would be an invitation to ask at once what was just refused.
        return reset.find() ? Duration.ofSeconds(Math.max(1, Long.parseLong(reset.group(1)))) : null;
    }

    private static @Nullable Duration untilDate(String date, Instant now) {
        try {
            var wait = Duration.between(now,
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? Duration.ofSeconds(1) : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
