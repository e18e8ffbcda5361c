package org.openphoneimport.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.core.ConditionTimeoutException;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.LoggedRequest;
import org.openphoneimport.testsupport.Pause;
import org.openphoneimport.testsupport.Row;

/** A run, and what happened to it. */
final class Scene {

    /** OpenPhone takes that long, so that something can happen meanwhile. */
    static final Duration ANSWER_TIME = Duration.ofMillis(15);

    /** Two seconds are promised; a machine that builds other things meanwhile may log a request a second late. */
    static final Duration TO_A_STANDSTILL = Campaign.size(Duration.ofSeconds(3), Duration.ofSeconds(2));

    private final Rig rig;
    private final UUID run;
    private final Random random;
    private final Queue<Standstill> standstills = new ConcurrentLinkedQueue<>();

    Scene(Rig rig, UUID run, Random random) {
        this.rig = rig;
        this.run = run;
        this.random = random;
    }

    Rig rig() {
        return rig;
    }

    UUID run() {
        return run;
    }

    Random random() {
        return random;
    }

    /** From a while after the first moment to the second one nothing may be asked for. */
    void noteStandstill(Instant acknowledged, Instant end) {
        standstills.add(new Standstill(acknowledged.plus(TO_A_STANDSTILL), end, false));
    }

    /** The same after the run has been cancelled: its webhooks may be put back. */
    void noteStandstillForGood(Instant acknowledged, Instant end) {
        standstills.add(new Standstill(acknowledged.plus(TO_A_STANDSTILL), end, true));
    }

    /** Resumes the run, whoever dies meanwhile. */
    void resume() {
        rig.soon().atMost(Duration.ofSeconds(30)).ignoreExceptions()
                .until(() -> rig.act("resume", run) || !rig.run(run).text("status").equals("paused"));
    }

    /** Everything works from now on. */
    void calm() {
        rig.openPhone().intercept(request -> Fault.delayed(ANSWER_TIME));
        rig.queueProxy().meddle(QueueProxy.NONE);
        // A request under way may still be refused, and pause the run.
        Pause.millis(3 * ANSWER_TIME.toMillis());
        if (rig.run(run).text("status").equals("paused")) {
            resume();
        }
    }

    /** Waits for its end. Who was frozen with a refusal in hand may pause it when all is calm. */
    Row awaitEnd() {
        try {
            rig.soon().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                var status = rig.run(run).text("status");
                if (status.equals("paused")) {
                    resume();
                }
                return List.of("completed", "failed", "cancelled").contains(status);
            });
        } catch (ConditionTimeoutException e) {
            // Said below.
        }
        return rig.awaitEnd(run, Duration.ofSeconds(1));
    }

    /** Requests that should not have been sent. */
    List<LoggedRequest> forbidden() {
        return rig.openPhone().requests().all().stream()
                .filter(request -> standstills.stream().anyMatch(standstill -> standstill.forbids(request))).toList();
    }

    private record Standstill(Instant from, Instant to, boolean forGood) {

        boolean forbids(LoggedRequest request) {
            return request.at().isAfter(from) && request.at().isBefore(to)
                    && !(forGood && request.path().contains("/webhooks"));
        }
    }
}
