package org.openphoneimport.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.testsupport.Pause;

import static org.assertj.core.api.Assertions.assertThat;

/** Fifty workers in several processes share one rate limit, and stop together. */
@OnTheRig
class ManyWorkersTest {

    private final Rig rig = Rig.get();

    @AfterAll
    static void rest() {
        Rig.get().openPhone().grant(0);
        Rig.get().rest();
    }

    /** On any machine: how busy it is can make requests fewer and later, never more. */
    @Test
    void fifty_workers_keep_to_the_rate_and_stop_together() throws IOException {
        double rate = 60;
        var run = begin(Conditions.inAHurry().withProcesses(2).with("import.workers", "25").with("import.batch-size", "3")
                .with("openphone.rate", Double.toString(rate)), Campaign.DATED ? 2500 : Campaign.size(150, 200, 200));
        long begun = System.nanoTime();
        int before = rig.openPhone().requests().count();

        Pause.millis(3000);

        int requests = rig.openPhone().requests().count() - before;
        assertThat(requests).isLessThanOrEqualTo((int) (rate * (System.nanoTime() - begun) / 1e9 * 1.2) + 10);
        assertThatA429StopsAll(Duration.ofSeconds(4), Duration.ofSeconds(3), rate);
        assertThatAPauseStopsAll(run, Duration.ofSeconds(4), rate);
        end(run);
    }

    @Test
    @Tag("chaos")
    void fifty_workers_use_what_openphone_grants_and_never_exceed_it() throws IOException {
        double granted = 10;
        rig.openPhone().grant(granted);
        var run = begin(Conditions.asInProduction().withProcesses(5).with("import.workers", "10")
                .with("import.batch-size", "20"), Campaign.DATED ? 7000 : 1000);
        // Processes have their first ten seconds to warm up.
        Pause.millis(10_000);
        rig.openPhone().requests().reset();
        var from = Instant.now();

        Pause.millis(60_000);

        int used = rig.openPhone().requests().count(request -> request.at().isBefore(from.plusSeconds(60)));
        int busiest = rig.openPhone().requests().busiestSecond();
        Campaign.note(
                "50 workers: %d requests in a minute, %.1f %% of what is granted; %d in the busiest second".formatted(used,
                        100 * used / (granted * 60), busiest));
        assertThat(busiest).isLessThanOrEqualTo((int) granted);
        assertThat(used).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * granted * 60));
        assertThatA429StopsAll(Duration.ofSeconds(8), Duration.ofSeconds(1), granted);
        assertThatAPauseStopsAll(run, Duration.ofSeconds(2), granted);
        rig.openPhone().grant(0);
        end(run);
    }

    private UUID begin(Conditions conditions, int conversations) {
        rig.reset(Campaign.workspace(conversations), conditions);
        rig.awaitWorkers(conditions.processes());
        var run = rig.start();
        rig.soon().atMost(Duration.ofMinutes(2))
                .until(() -> rig.openPhone().requests().count(request -> Lists.isOfMessages(request.template())) > 10);
        return run;
    }

    private void end(UUID run) {
        // Through both APIs 7,000 conversations and 1,500 contacts are 7,500 requests.
        rig.awaitEnd(run, Duration.ofMinutes(20));
        rig.assertExact(run, "fifty workers");
    }

    /**
     * How late a request comes is up to the machine, and so is when the 429 is known; how many still come then is not: slots
     * are granted for
     * a quarter of a second, and used for another.
     */
    private void assertThatA429StopsAll(Duration wait, Duration atTheLatest, double rate) {
        var refused = new AtomicReference<>(Instant.MAX);
        rig.openPhone().intercept(request -> refused.compareAndSet(Instant.MAX, Instant.now())
                ? Faults.slowDown(Long.toString(wait.toSeconds()))
                : Fault.none());
        rig.soon().until(() -> !refused.get().equals(Instant.MAX));
        var from = refused.get();
        rig.openPhone().intercept(Interceptor.NONE);

        Pause.millis(wait.toMillis() + 500);

        var until = from.plus(wait);
        rig.soon().until(() -> rig.database().size("rate_limits WHERE refused_at IS NOT NULL") > 0);
        var known = rig.database().row("SELECT max(refused_at) AS at FROM rate_limits").time("at");
        assertThat(rig.openPhone().requests().count(request -> request.at().isAfter(known) && request.at().isBefore(until)))
                .as("requests that came when a 429 was known").isLessThanOrEqualTo(underWay(rate));
        // Slots that were granted before are used up to half a second after; the rest is for the machine.
        assertThat(rig.openPhone().requests().all()).noneMatch(
                request -> request.at().isAfter(from.plus(atTheLatest)) && request.at().isBefore(until));
        var last = rig.openPhone().requests().all().stream().map(request -> Duration.between(from, request.at()).toMillis())
                .filter(millis -> millis > 0 && millis < wait.toMillis()).max(Long::compare).orElse(0L);
        Campaign.note("A 429 that asked for %s: the last request came %d ms after it".formatted(wait, last));
        rig.soon().until(
                () -> rig.openPhone().requests().count(request -> request.at().isAfter(until)) > 10);
    }

    /** What the slots granted for a quarter of a second are, and what had its slot but not its way behind it. */
    private static int underWay(double rate) {
        return (int) Math.ceil(rate / 2) + 5;
    }

    private void assertThatAPauseStopsAll(UUID run, Duration atTheLatest, double rate) throws IOException {
        assertThat(rig.act("pause", run)).isTrue();
        var acknowledged = Instant.now();

        Pause.millis(atTheLatest.plusSeconds(2).toMillis());

        assertThat(rig.openPhone().requests().count(request -> request.at().isAfter(acknowledged)))
                .as("requests that came after a pause").isLessThanOrEqualTo(underWay(rate));
        assertThat(rig.openPhone().requests().all())
                .noneMatch(request -> request.at().isAfter(acknowledged.plus(atTheLatest)));
        var last = rig.openPhone().requests().all().stream()
                .map(request -> Duration.between(acknowledged, request.at()).toMillis()).max(Long::compare).orElse(0L);
        Campaign.note("A pause: the last request came %d ms after its acknowledgement".formatted(last));
        assertThat(rig.act("resume", run)).isTrue();
    }
}
