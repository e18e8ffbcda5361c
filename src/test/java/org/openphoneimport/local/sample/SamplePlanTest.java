package org.openphoneimport.local.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.contract.ContractWatch;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.BesideOthers;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Short codes, hidden callers, and what a plan, a subscription or a number keeps from a key. */
@BesideOthers
class SamplePlanTest {

    private static final SampleSettings SETTINGS = SampleSettings.defaults().withConversations(40).withRate(0);

    private final SampleWorkspace workspace = SampleWorkspace.generate(SETTINGS.withUnusualThreads(2));
    private final ContractWatch contract = new ContractWatch();
    private SampleServer server;
    private SampleClient client;

    @BeforeEach
    void start() throws IOException {
        server = SampleServer.start(workspace, SETTINGS);
        server.intercept(contract);
        client = new SampleClient(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void unusual_threads_change_nothing_else() {
        var usual = SampleWorkspace.generate(SETTINGS);

        assertThat(workspace.threads().messages()).containsAll(usual.threads().messages());
        assertThat(workspace.calls().calls()).containsAll(usual.calls().calls());
        assertThat(workspace.threads().conversations()).containsAll(usual.threads().conversations());
        assertThat(unusual()).hasSize(10);
        assertThat(parties()).contains("Anonymous", "Blocked", "Restricted").anyMatch(party -> party.matches("\\d{5}"))
                .anyMatch(party -> party.matches("\\d{6}"));
    }

    @Test
    void they_stand_in_both_lists_or_in_the_dated_one_alone() {
        assertThat(listed("/v1/conversations?maxResults=100")).containsAll(ids(unusual()));
        assertThat(listed("/conversations?limit=50")).containsAll(ids(unusual()));

        workspace.plan().hideUnusualThreads();

        assertThat(listed("/v1/conversations?maxResults=100")).doesNotContainAnyElementsOf(ids(unusual()));
        assertThat(listed("/conversations?limit=50")).containsAll(ids(unusual()));
        assertThat(contract.violations()).isEmpty();
    }

    @Test
    void v1_refuses_messages_of_a_short_code_and_gives_calls_of_a_hidden_caller() {
        var texts = unusual().stream().filter(one -> one.participants().getFirst().startsWith("555")).findFirst().orElseThrow();
        var calls = unusual().stream().filter(one -> one.participants().getFirst().equals("Anonymous")).findFirst()
                .orElseThrow();

        var refused = client.get("/v1/messages?maxResults=10&" + SampleClient.parties(texts));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(document(refused).path("errors").path(0).path("path").asText()).isEqualTo("/participants");
        assertThat(SampleClient.json(client.get("/v1/calls?maxResults=10&" + SampleClient.parties(calls))).path("data"))
                .isNotEmpty();
        assertThat(document(dated("/messages?limit=50")).path("data"))
                .anyMatch(message -> message.path("conversationId").asText()
                        .equals(texts.id()));
    }

    @Test
    void an_expired_subscription_keeps_v1s_messages() {
        workspace.plan().expire();

        var refused = client.get("/v1/messages?maxResults=10&" + SampleClient.parties(usualThread()));

        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(document(refused).path("code").asText()).isEqualTo("0201402");
        assertThat(client.get("/v1/conversations?maxResults=10").statusCode()).isEqualTo(200);
        assertThat(contract.violations()).isEmpty();
    }

    @Test
    void a_number_that_is_closed_is_refused_to_all() {
        var thread = usualThread();
        workspace.plan().close(thread.phoneNumberId());

        for (var list : List.of("messages", "calls")) {
            var refused = client.get("/v1/" + list + "?maxResults=10&" + SampleClient.parties(thread));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(document(refused).path("title").asText()).isEqualTo("Not Phone Number User");
        }
        assertThat(contract.violations()).isEmpty();
    }

    @Test
    void a_plan_without_transcripts_and_summaries_refuses_them_or_has_none() {
        var call = workspace.calls().calls().stream().map(SampleCall::id)
                .filter(id -> workspace.calls().transcripts().containsKey(id) && !workspace.calls().recordings(id).isEmpty())
                .findFirst().orElseThrow();
        assertThat(statuses(call)).isEqualTo("200 200 200");

        workspace.plan().transcriptsAndSummaries(SamplePlan.Parts.REFUSED);
        assertThat(statuses(call)).isEqualTo("403 403 403");

        workspace.plan().transcriptsAndSummaries(SamplePlan.Parts.MISSING);
        assertThat(statuses(call)).isEqualTo("404 404 200");
        assertThat(document(dated("/calls/" + call + "/transcripts")).path("data")).isEmpty();
        assertThat(document(dated("/calls/" + call + "?include=summary")).path("data").path("summary").path("status").asText())
                .isEqualTo("absent");
        assertThat(contract.violations()).isEmpty();
    }

    private String statuses(String call) {
        return client.get("/v1/call-transcripts/" + call).statusCode() + " "
                + client.get("/v1/call-summaries/" + call).statusCode() + " "
                + dated("/calls/" + call + "/transcripts").statusCode();
    }

    private SampleConversation usualThread() {
        return workspace.threads().conversations().stream().filter(one -> one.participants().size() == 1
                && one.participants().getFirst().startsWith("+")
                && workspace.directory().phoneNumbers().getFirst().id().equals(one.phoneNumberId())).findFirst().orElseThrow();
    }

    private List<SampleConversation> unusual() {
        return workspace.threads().conversations().stream().filter(one -> !one.participants().getFirst().startsWith("+"))
                .toList();
    }

    private Set<String> parties() {
        return unusual().stream().map(one -> one.participants().getFirst()).collect(Collectors.toSet());
    }

    private static List<String> ids(List<SampleConversation> conversations) {
        return conversations.stream().map(SampleConversation::id).toList();
    }

    private List<String> listed(String list) {
        return document(list.startsWith("/v1/") ? client.get(list) : dated(list)).path("data").findValuesAsText("id");
    }

    private HttpResponse<byte[]> dated(String path) {
        return client.send(client.request(path).header("Quo-Api-Version", "2026-03-30").build());
    }

    private static JsonNode document(HttpResponse<byte[]> response) {
        return Json.read(response.body());
    }
}
