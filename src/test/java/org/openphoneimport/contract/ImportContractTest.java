package org.openphoneimport.contract;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** Everything that is asked of OpenPhone, and all that the sample workspace answers, fits the documents of both APIs. */
@QuarkusTest
@Landing
class ImportContractTest {

    private final Bench bench = Bench.get();
    private final ContractWatch watch = new ContractWatch();
    private SampleWorkspace workspace;

    @BeforeEach
    void watch_a_workspace() {
        bench.reset();
        workspace = SampleWorkspace.generate(Bench.sample(28).withUnusualThreads(1));
        workspace.webhooks().addDated("CRM", "https://crm.example.com/hooks", List.of("message.received", "call.missed"));
        bench.openPhone().serve(workspace);
        bench.openPhone().intercept(watch);
    }

    @AfterEach
    void look_away() {
        bench.openPhone().intercept(Interceptor.NONE);
    }

    @ParameterizedTest
    @EnumSource(OpenPhoneConfig.Api.class)
    void an_import_a_reconciliation_a_verification_and_a_repair_keep_to_the_contract(OpenPhoneConfig.Api api) {
        var imported = bench.awaitEnd(bench.start("{}", api));
        assertThat(imported.text("status")).as(imported.text("reason")).isEqualTo("completed");
        // It follows when the webhooks are live again.
        bench.soon().until(() -> bench.database().size("import_runs WHERE status = 'completed'") == 2);

        workspace.addMessage("ACnew", workspace.threads().conversations().stream()
                .filter(one -> one.participants().size() == 1 && one.participants().getFirst().startsWith("+")
                        && one.deletedAt() == null)
                .findFirst().orElseThrow().id(),
                "Is it ready?", Instant.now());
        var reconciled = bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}", api));
        assertThat(reconciled.text("status")).as(reconciled.text("reason")).isEqualTo("completed");

        bench.database().execute("DELETE FROM messages WHERE id = 'ACnew'");
        var run = reconciled.uuid("id");
        RestAssured.given().body("{\"full\":true}").contentType("application/json").post("/api/runs/{id}/verify", run).then()
                .statusCode(200);
        bench.soon().until(() -> "discrepancies"
                .equals(RestAssured.get("/api/runs/{id}/verification", run).jsonPath().getString("status")));
        RestAssured.given().post("/api/runs/{id}/repair", run).then().statusCode(200);
        assertThat(bench.awaitEnd(run).text("status")).isEqualTo("completed");

        assertThat(bench.database().ids("messages")).contains("ACnew");
        assertThat(watch.violations()).isEmpty();
        assertThat(watch.operations()).containsAll(expected(api));
    }

    private static List<String> expected(OpenPhoneConfig.Api api) {
        var always = Stream.of("GET /v1/phone-numbers", "GET /v1/webhooks", "GET /webhooks", "PATCH /webhooks/{webhookId}");
        var v1 = Stream.of("GET /v1/conversations", "GET /v1/messages", "GET /v1/calls", "GET /v1/call-recordings/{callId}",
                "GET /v1/call-transcripts/{id}", "GET /v1/call-summaries/{callId}", "GET /v1/call-voicemails/{callId}");
        var dated = Stream.of("GET /conversations", "GET /messages", "GET /calls", "GET /calls/{callId}/recordings",
                "GET /calls/{callId}/transcripts");
        return Stream.concat(always, api == OpenPhoneConfig.Api.V1 ? v1 : dated).toList();
    }
}
