package org.openphoneimport.run;

import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Row;

import com.fasterxml.jackson.databind.JsonNode;

import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests of the ledger share: a small workspace, and what is said of what is stored of it. */
abstract class SmallWorkspace {

    final Bench bench = Bench.get();
    SampleWorkspace workspace;

    @BeforeEach
    void serve_a_small_workspace() {
        bench.reset();
        workspace = Bench.workspace(30);
        bench.openPhone().serve(workspace);
    }

    Row reconcile(Api api) {
        return bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}", api));
    }

    /** Of one other party, and of one conversation each. */
    List<SampleConversation> conversations() {
        return workspace.threads().conversations().stream()
                .filter(one -> one.participants().size() == 1 && one.deletedAt() == null
                        && workspace.directory().phoneNumbers().stream().anyMatch(own -> own.id().equals(one.phoneNumberId())))
                .toList();
    }

    static boolean isOf(SampleConversation conversation, SampleRequest request, String path) {
        return request.path().equals(path) && request.parameter("phoneNumberId").orElse("").equals(conversation.phoneNumberId())
                && conversation.participants().equals(request.parameters().get("participants"));
    }

    JsonNode workspace() {
        return Json.read(RestAssured.get("/api/workspace").then().statusCode(200).extract().asByteArray());
    }

    long open(String reason) {
        long open = 0;
        for (var gap : workspace().path("open")) {
            open += gap.path("reason").asText().equals(reason) ? gap.path("count").asLong() : 0;
        }
        return open;
    }

    long missing() {
        long missing = 0;
        for (var gap : workspace().path("open")) {
            missing += gap.path("kind").asText().equals("missing") ? gap.path("count").asLong() : 0;
        }
        return missing;
    }

    void assertEverythingIsStored(Api api) {
        assertThat(bench.database().ids("conversations")).isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        var calls = new TreeSet<>(workspace.calls().ids());
        if (api == Api.DATED) {
            workspace.calls().groupCalls().forEach(call -> calls.add(call.id()));
        }
        assertThat(bench.database().ids("calls")).isEqualTo(calls);
    }
}
