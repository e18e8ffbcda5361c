package org.openphoneimport.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the application runs under.
 *
 * @param processes of the application, at the same time
 * @param keepEvery how often keep-runs is invoked
 * @param visibility how long a record that a worker has taken is invisible to others
 * @param settings of the application
 */
record Conditions(int processes, Duration keepEvery, Duration visibility, Map<String, String> settings) {

    private static final String SEND = "quarkus.fault-tolerance.\"org.openphoneimport.openphone.Requests/send\".";
    private static final String GATEWAY = "quarkus.fault-tolerance.\"org.openphoneimport.openphone.Gateway/send\".";
    private static final String GATEWAY_PAST_BREAKER = GATEWAY.replace("/send", "/sendPastBreaker");

    /** As an operator finds it in AWS: all delays are what they are, and so is the rate. */
    static Conditions asInProduction() {
        return new Conditions(1, Duration.ofMinutes(1), Duration.ofMinutes(30), Map.of());
    }

    /** All that production waits for, in a tenth of the time or less, and without a rate limit. */
    static Conditions inAHurry() {
        return new Conditions(1, Duration.ofMillis(500), Duration.ofSeconds(4), Map.of())
                .with("openphone.rate", "0")
                .with("import.batch-size", "10")
                .with("import.slice-size", "10")
                .with("import.lease", "2s")
                .with("import.shortest-return", "1s")
                .with("import.longest-return", "3s")
                .with("import.database-return", "1s")
                .with("import.longest-linger", "1s")
                .with("media.longest-download", "2s")
                .with("media.database-return", "1s")
                .with("media.patience", "10s")
                .with("media.retry-delays", "1s,1s,1s,1s,1s,1s,1s,1s")
                .with("keep.lease", "3s")
                .with("keep.patience", "10s")
                .with(SEND + "retry.delay", "20")
                .with(SEND + "retry.jitter", "10")
                .with(GATEWAY + "timeout.value", "2")
                .with(GATEWAY_PAST_BREAKER + "timeout.value", "2")
                .with(GATEWAY + "circuit-breaker.delay", "1");
    }

    Conditions with(String name, String value) {
        var changed = new TreeMap<>(settings);
        changed.put(name, value);
        return new Conditions(processes, keepEvery, visibility, changed);
    }

    Conditions withProcesses(int changed) {
        return new Conditions(changed, keepEvery, visibility, settings);
    }

    Conditions withVisibility(Duration changed) {
        return new Conditions(processes, keepEvery, changed, settings);
    }
}
