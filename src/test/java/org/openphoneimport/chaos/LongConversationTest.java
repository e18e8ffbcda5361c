package org.openphoneimport.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;

import static org.assertj.core.api.Assertions.assertThat;

/** A conversation that is too long for the time limit of a function is handed over, from page to page. */
@OnTheRig
class LongConversationTest {

    private static final int MESSAGES = Campaign.size(7_000, 20_000);

    private static final Duration TIME_LIMIT = Campaign.size(Duration.ofSeconds(4), Duration.ofSeconds(8));

    private static final Conditions CONDITIONS = Campaign.size(
            // With leases so long that a slow machine has no batch sent twice.
            Conditions.inAHurry().with("openphone.rate", "9.0").with("import.grace", "200ms").with("import.lease", "30s")
                    .with("keep.patience", "10m"),
            Conditions.asInProduction())
            .with("function.timeout", TIME_LIMIT.toSeconds() + "s").withVisibility(TIME_LIMIT.multipliedBy(6));

    private final Rig rig = Rig.get();

    @AfterAll
    static void rest() {
        Rig.get().rest();
    }

    @Test
    void a_long_conversation_is_handed_over_and_hardly_a_page_is_read_twice() {
        rig.reset(workspace(), CONDITIONS);
        rig.openPhone().pageSize(100);
        var deliveries = new ConcurrentHashMap<String, List<Instant>>();
        rig.queueProxy().meddle(QueueProxy.telling(
                body -> deliveries.computeIfAbsent(body, batch -> new CopyOnWriteArrayList<>()).add(Instant.now()),
                QueueProxy.NONE));
        var run = rig.start();

        rig.awaitEnd(run, Duration.ofMinutes(5));

        // The batch that has come most often is the conversation's; what belongs to its calls follows in others.
        var times = withoutDuplicates(deliveries.values().stream().max(Comparator.comparingInt(List::size)).orElseThrow());
        int invocations = times.size();
        int pages = rig.openPhone().requests().count(request -> Lists.isOfMessages(request.template()));
        int repeated = pages - Math.ceilDiv((int) rig.database().size("messages"), Campaign.DATED ? 50 : 100);
        Campaign.note("%d messages in one conversation: %d invocations, %d pages, %d of them repeated".formatted(MESSAGES,
                invocations, pages, repeated));
        assertThat(invocations).isGreaterThanOrEqualTo(3);
        // Each but the last has used its time, a quarter of which is left to store and to hand back.
        for (int i = 1; i < invocations; i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).as("invocation %d", i)
                    .isGreaterThan(TIME_LIMIT.multipliedBy(7).dividedBy(10));
        }
        assertThat(repeated).isLessThan(invocations);
        rig.assertExact(run, "one long conversation");
    }

    /**
     * A batch may be sent twice at once, by the function that hands it back (or the listing) and by keep-runs; the second
     * record finds it taken and is dropped. Functions that hand back too early still show: as too short, or as too few.
     */
    private static List<Instant> withoutDuplicates(List<Instant> deliveries) {
        var kept = new ArrayList<Instant>();
        for (var delivery : deliveries) {
            if (kept.isEmpty() || Duration.between(kept.getLast(), delivery).toMillis() >= 1000) {
                kept.add(delivery);
            }
        }
        return kept;
    }

    private static SampleWorkspace workspace() {
        var workspace = SampleWorkspace.generate(SampleSettings.defaults().withConversations(1));
        var id = workspace.threads().conversationIds().iterator().next();
        for (int i = 0; i < MESSAGES; i++) {
            workspace.addMessage("AClong" + i, id, "Message " + i, SampleWorkspace.END.minus(Duration.ofMinutes(i)));
        }
        return workspace;
    }
}
