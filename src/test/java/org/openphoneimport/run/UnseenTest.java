package org.openphoneimport.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What no API had shown when it was read: a list says nothing of a conversation that it did not show. */
@QuarkusTest
class UnseenTest extends SmallWorkspace {

    private static final Instant LONG_AGO = Instant.parse("2025-03-01T10:00:00Z");

    @ParameterizedTest
    @Landing
    @EnumSource(names = { "DATED", "AUTO" })
    void a_conversation_that_is_shown_for_the_first_time_is_read_from_its_beginning(Api api) {
        hideFailed();
        imported(api);
        appear("CNlate");
        workspace.addMessage("ACnow", "CNlate", "Here again", Instant.now());

        var run = reconcile(api);

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("disagreed_at")).as("no sample has found it").isEqualTo("null");
        assertThat(bench.database().ids("messages")).contains("ACold1", "ACfailed", "ACnow");
        assertThat(missing()).isZero();
    }

    @Test
    @Landing
    void neither_v1_takes_a_list_of_the_newer_api_for_what_it_did_not_show() {
        imported(Api.DATED);
        appear("CNlate");

        assertThat(reconcile(Api.V1).text("status")).isEqualTo("completed");

        assertThat(bench.database().ids("messages")).contains("ACold1");
        assertThat(missing()).isZero();
    }

    @Test
    void a_conversation_that_is_listed_again_is_read_from_its_beginning() {
        var one = conversations().getFirst();
        imported(Api.DATED);
        bench.database().execute("UPDATE conversations SET absent_since = now() WHERE id = ?", one.id());
        // Older than all others, so that it is no last activity.
        workspace.addMessage("ACmeanwhile", one.id(), "While it was hidden", Instant.parse("2020-01-02T10:00:00Z"));

        reconcile(Api.DATED);

        assertThat(bench.database().ids("messages")).contains("ACmeanwhile");
        assertThat(missing()).isZero();
    }

    @Test
    @Landing
    void a_conversation_that_began_after_the_lists_were_read_needs_no_second_reading() {
        imported(Api.DATED);
        var number = conversations().getFirst().phoneNumberId();
        workspace.addConversation("CNnew", number, List.of("+16175550188"), Instant.now());
        workspace.addMessage("ACnew", "CNnew", "Hello", Instant.now());

        var run = reconcile(Api.DATED);

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).contains("ACnew");
        assertThat(bench.database().size("import_batches WHERE kind = 'slice' AND slice_from IS NULL AND run_id = '"
                + run.text("id") + "'")).isZero();
    }

    @Test
    @Landing
    void what_v1_alone_has_read_the_newer_api_reads_again() {
        var failed = workspace.threads().messages().stream().filter(message -> !message.id().equals(
                workspace.threads().conversation(message.conversationId()).orElseThrow().lastActivityId())).findFirst()
                .orElseThrow().id();
        workspace.threads().changeStatus(failed, "failed", LONG_AGO);
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? Fault.without(Set.of(failed))
                : Fault.none());
        imported(Api.V1);
        assertThat(bench.database().ids("messages")).doesNotContain(failed);

        reconcile(Api.AUTO);

        assertThat(bench.database().ids("messages")).contains(failed);
    }

    @Test
    void what_v1_alone_has_read_of_a_conversation_that_was_not_shown_before_the_newer_api_reads_again() {
        imported(Api.AUTO);
        appear("CNlate");
        workspace.addMessage("ACafter", "CNlate", "Hello again", LONG_AGO.plus(2, ChronoUnit.DAYS));
        hideFailed();
        assertThat(reconcile(Api.V1).text("status")).isEqualTo("completed");
        assertThat(bench.database().ids("messages")).contains("ACold1").doesNotContain("ACfailed");

        reconcile(Api.AUTO);

        assertThat(bench.database().ids("messages")).contains("ACfailed");
        assertThat(bench.database().size("list_records WHERE doubted_at IS NOT NULL")).isZero();
    }

    private Row imported(Api api) {
        var run = bench.awaitEnd(bench.start("{}", api));
        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        return run;
    }

    /** An old conversation, of which one message failed. */
    private SampleConversation appear(String id) {
        var conversation = workspace.addConversation(id, conversations().getFirst().phoneNumberId(), List.of("+16175550188"),
                LONG_AGO);
        workspace.addMessage("ACold1", id, "Hello", LONG_AGO);
        workspace.addMessage("ACfailed", id, "Are you there?", LONG_AGO.plus(1, ChronoUnit.DAYS));
        workspace.threads().changeStatus("ACfailed", "failed", LONG_AGO.plus(1, ChronoUnit.DAYS));
        return conversation;
    }

    /** v1 leaves out messages that failed. */
    private void hideFailed() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/messages") ? Fault.without(Set.of("ACfailed"))
                : Fault.none());
    }
}
