package org.openphoneimport.chaos;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;

import static org.assertj.core.api.Assertions.assertThat;

/** Every fault that there is, each at one request in twenty-five. */
@OnTheRig
class StormTest {

    private static final Conditions CONDITIONS = Campaign.size(Conditions.inAHurry(), Conditions.asInProduction());

    private static final SampleWorkspace WORKSPACE = Campaign.workspace(Campaign.size(12, 1000));

    private final Rig rig = Rig.get();

    @AfterAll
    static void rest() {
        Rig.get().rest();
    }

    @Test
    void a_run_comes_through_a_storm_of_all_faults() {
        long seed = Campaign.seed();
        Campaign.note("storm from seed %d".formatted(seed));
        rig.reset(WORKSPACE, CONDITIONS);
        var run = rig.start();
        rig.openPhone().intercept(new Faults().storm(new Random(seed), 0.04));
        long began = System.nanoTime();

        rig.awaitEnd(run, Duration.ofMinutes(20));

        var requests = rig.openPhone().requests();
        Campaign.note("storm: %d requests, %d of them answered 200, %d answered 429, in %d s".formatted(requests.count(),
                requests.countStatus(200), requests.countStatus(429),
                Duration.ofNanos(System.nanoTime() - began).toSeconds()));
        assertThat(requests.countStatus(200)).as("requests answered well").isLessThan(requests.count());
        rig.assertExact(run, "seed " + seed);
    }
}
