package org.openphoneimport.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Pause;
import org.openphoneimport.testsupport.Thorough;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Something that the import needs is away for a quarter of an hour: the run goes on unaided, nothing is in a dead-letter queue,
 * no error is left behind. In every build delays are from a tenth to a hundredth of what they are, and so are the outages.
 */
@OnTheRig
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1) // It waits most of the time, while those who begin beside it have much to do.
class OutageTest {

    private static final Duration OUTAGE = Campaign.size(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(15));

    // Until keep-runs has gone on several times with what waits.
    private static final Duration MANY_TRIES = Campaign.size(Duration.ofSeconds(8), Duration.ofMinutes(15));

    // Until a question was given up several times.
    private static final Duration SEVERAL_TRIES = Campaign.size(Duration.ofSeconds(5), Duration.ofMinutes(15));

    private static final Conditions CONDITIONS = Campaign.size(Conditions.inAHurry().with("openphone.rate", "40"),
            Conditions.asInProduction());

    // With a group whose last activity is a call.
    private static final SampleWorkspace WORKSPACE = Campaign.workspace(Campaign.size(40, 400), 3);

    private final Rig rig = Rig.get();

    @AfterAll
    static void rest() {
        Rig.get().rest();
    }

    @Test
    void openphone_may_be_away() {
        var run = begin();
        var number = new AtomicInteger();
        var absences = List.of(Fault.status(503), new Fault.Cut(0), new Fault.NoAnswer());
        rig.openPhone().requests().reset();
        rig.openPhone().intercept(request -> absences.get(number.incrementAndGet() % absences.size()));

        Pause.millis(OUTAGE.toMillis());
        // Beside others it takes longer until a worker gives up and says that it waits.
        rig.soon().until(() -> rig.database().size("import_events WHERE kind = 'wait'") > 0);

        assertThat(rig.run(run).text("status")).isEqualTo("running");
        Campaign.note(
                "OpenPhone away for %s or more: %d requests in vain".formatted(OUTAGE, rig.openPhone().requests().count()));
        rig.openPhone().intercept(request -> Fault.none());
        end(run);
    }

    @Test
    @Thorough
    void openphone_may_be_away_while_conversations_are_listed() {
        rig.reset(WORKSPACE, CONDITIONS);
        rig.openPhone().intercept(request -> Lists.isOfConversations(request.template()) ? Fault.status(503) : Fault.none());
        var run = rig.start();

        Pause.millis(SEVERAL_TRIES.dividedBy(4).toMillis());

        rig.openPhone().intercept(request -> Fault.none());
        end(run);
    }

    @Test
    @Thorough
    void openphone_may_be_away_while_the_directory_is_read() {
        comesThroughAnOutageThatBeginsAt("/v1/users", MANY_TRIES);
    }

    /** The last activities that are not stored are asked for; if OpenPhone is away, that does not make them missing. */
    @Test
    @Thorough
    void openphone_may_be_away_while_a_run_is_verified() {
        comesThroughAnOutageThatBeginsAt(Campaign.DATED ? "/v1/conversations" : "/v1/calls/{callId}", SEVERAL_TRIES);
    }

    private void comesThroughAnOutageThatBeginsAt(String template, Duration outage) {
        rig.reset(WORKSPACE, CONDITIONS);
        var away = new AtomicBoolean();
        rig.openPhone().intercept(request -> {
            if (request.template().equals(template)) {
                away.set(true);
            }
            return away.get() ? Fault.status(503) : Fault.none();
        });
        var run = rig.start();
        rig.soon().atMost(Duration.ofMinutes(3)).untilTrue(away);

        Pause.millis(outage.toMillis());

        rig.openPhone().intercept(request -> Fault.none());
        end(run);
    }

    // When the rehearsal, which needs it, has had some minutes.
    @Test
    @Landing
    @Order(Integer.MAX_VALUE)
    void postgres_may_be_away() throws IOException {
        rig.awaitRehearsal();
        var run = begin();
        rig.database().stop();
        Campaign.note("Postgres is away for %s".formatted(OUTAGE));

        Pause.millis(OUTAGE.toMillis());

        rig.soon().until(() -> !rig.isHealthy());
        rig.database().startAgain();
        end(run);
    }

    private UUID begin() {
        rig.reset(WORKSPACE, CONDITIONS);
        var run = rig.start();
        rig.soon().atMost(Duration.ofMinutes(1)).until(() -> rig.run(run).number("processed_messages") > 0);
        return run;
    }

    private void end(UUID run) {
        long began = System.nanoTime();
        rig.awaitEnd(run, Campaign.size(Duration.ofMinutes(2), Duration.ofMinutes(15)));
        Campaign.note("The run ended %d s after the outage".formatted(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
        rig.assertExact(run, "after an outage");
        rig.soon().until(rig::isHealthy);
        // That the listing waited for minutes, or could not use one API, is told, and was so.
        assertThat(rig.database().rows("SELECT * FROM import_issues WHERE NOT (level = 'warning' AND stage = 'listing')"))
                .isEmpty();
        assertThat(rig.starts()).as("workers that were started anew").isZero();
        rig.soon().atMost(Duration.ofMinutes(1)).until(() -> rig.queues().size(rig.queues().importUrl()) == 0);
    }
}
