package org.openphoneimport.local;

import java.time.Duration;

import io.quarkus.runtime.configuration.DurationConverter;

/** What Lambda's time limit would be: after it a function is stopped, wherever it is. */
final class FunctionTimeout {

    static final String DEFAULT = "300s";

    private FunctionTimeout() {
    }

    static Duration of(String text) {
        var timeout = DurationConverter.parseDuration(text);
        if (timeout == null || !timeout.isPositive()) {
            throw new IllegalArgumentException("FUNCTION_TIMEOUT must be a time such as 60s, not " + text);
        }
        return timeout;
    }
}
