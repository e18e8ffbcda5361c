package org.openphoneimport.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Row;

import static org.assertj.core.api.Assertions.assertThat;

/** A batch that kills whoever takes it: it is given up, and everything else is unharmed. */
@OnTheRig
class PoisonTest {

    private static final SampleWorkspace WORKSPACE = Campaign.workspace(30);

    // Records of dead workers come back late, as in production: what is due again, keep-runs decides.
    private static final Conditions CONDITIONS = Conditions.inAHurry().withProcesses(2)
            .withVisibility(Duration.ofMinutes(30)).with("import.batch-size", "1").with("keep.patience", "3s");

    private static final SampleConversation DEADLY = deadly();

    private final Rig rig = Rig.get();

    @AfterAll
    static void rest() {
        Rig.get().rest();
    }

    @Test
    void a_batch_that_kills_its_worker_each_time_is_failed_after_five() throws IOException {
        var deaths = new AtomicInteger();

        var run = runThatDiesAt(PoisonTest::isDeadly, deaths);

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason"))
                .contains(Campaign.DATED ? "1 time range could not be read" : "1 conversation could not be read");
        assertThat(run.text("errors")).contains(Campaign.DATED ? "../20" : DEADLY.id()).contains("died 5 times");
        assertThat(deaths).hasValue(5);
        assertThat(rig.database().size("import_batches WHERE status = 'failed'")).isEqualTo(1);
        assertThat(rig.database().size("import_batches WHERE status = 'done'"))
                .isEqualTo(rig.database().size("import_batches") - 1);
        assertThat(rig.database().ids("messages")).containsAll(others());
        if (Campaign.API.equals("auto")) {
            // v1 has been asked for what the slice has not brought.
            assertThat(rig.openPhone().requests().count("/v1/messages")).isPositive();
        } else {
            // Beside them what the verification was given by its id.
            assertThat(rig.database().ids("messages").stream().filter(id -> !others().contains(id))).isSubsetOf(
                    WORKSPACE.threads().conversations().stream().map(SampleConversation::lastActivityId).toList());
        }
        assertThatARetryBringsTheRest(run.uuid("id"));
    }

    @Test
    @Tag("chaos")
    void a_listing_that_kills_its_worker_each_time_is_given_up_after_five() throws IOException {
        var deaths = new AtomicInteger();

        var run = runThatDiesAt(request -> Lists.isOfConversations(request.template()) && !Lists.isProbe(request), deaths);

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).contains("died 5 times");
        assertThat(deaths).hasValue(5);
        assertThatARetryBringsTheRest(run.uuid("id"));
    }

    /** A run whose worker dies whenever it asks for that, until it has ended. */
    private Row runThatDiesAt(Predicate<SampleRequest> deadly, AtomicInteger deaths) {
        rig.reset(WORKSPACE, CONDITIONS);
        rig.openPhone().intercept(request -> {
            if (deadly.test(request)) {
                deaths.incrementAndGet();
                rig.kill(Workers.senderOf(request));
            }
            return Fault.none();
        });
        return rig.awaitEnd(rig.start(), Duration.ofMinutes(3));
    }

    private void assertThatARetryBringsTheRest(UUID id) throws IOException {
        rig.openPhone().intercept(Interceptor.NONE);
        assertThat(rig.act("retry", id)).isTrue();
        rig.awaitEnd(id, Duration.ofMinutes(1));
        rig.assertExact(id, "after a retry");
    }

    /** Messages that belong to another conversation, or are too young for the oldest slice. */
    private Set<String> others() {
        var others = WORKSPACE.threads().messages().stream();
        if (Campaign.DATED) {
            var failed = rig.database().row("SELECT slice_to FROM import_batches WHERE status = 'failed'");
            var end = failed.time("slice_to");
            others = others.filter(message -> !message.createdAt().isBefore(end));
        } else {
            others = others.filter(message -> !message.conversationId().equals(DEADLY.id()));
        }
        return others.map(SampleMessage::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A conversation that nobody else stands for. */
    private static SampleConversation deadly() {
        return WORKSPACE.threads().conversations().stream()
                .filter(conversation -> conversation.participants().size() == 1)
                .filter(conversation -> WORKSPACE.threads().conversations().stream()
                        .filter(other -> other.participants().equals(conversation.participants())).count() == 1)
                .min(Comparator.comparing(SampleConversation::id)).orElseThrow();
    }

    private static boolean isDeadly(SampleRequest request) {
        return Lists.isOfMessages(request.template())
                && (Campaign.DATED ? isOfTheOldestSlice(request) : isOfTheDeadlyConversation(request));
    }

    private static boolean isOfTheDeadlyConversation(SampleRequest request) {
        return request.parameter("phoneNumberId").orElse("").equals(DEADLY.phoneNumberId())
                && DEADLY.participants().equals(request.parameters().get("participants"));
    }

    /** Its beginning is open. */
    private static boolean isOfTheOldestSlice(SampleRequest request) {
        return request.query().contains("1900-01-01") && !Lists.isProbe(request);
    }
}
