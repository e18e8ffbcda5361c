package org.openphoneimport.client;

import java.time.OffsetDateTime;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.client.generated.ApiClient;
import org.openphoneimport.client.generated.ApiException;
import org.openphoneimport.client.generated.api.RunsApi;
import org.openphoneimport.client.generated.api.WorkspaceApi;
import org.openphoneimport.client.generated.model.RunAnswer;
import org.openphoneimport.client.generated.model.StartPayload;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A client that was generated from {@code docs/openapi.json} starts, reads and changes runs. */
@QuarkusTest
class GeneratedClientTest {

    private final Bench bench = Bench.get();
    private RunsApi runs;
    private WorkspaceApi workspace;

    @BeforeEach
    void connect() {
        bench.reset();
        var client = new ApiClient();
        client.updateBaseUri(bench.address().toString());
        runs = new RunsApi(client);
        workspace = new WorkspaceApi(client);
    }

    @Test
    void it_starts_a_run_and_reads_what_became_of_it() throws ApiException {
        var id = runs.startRun(new StartPayload().type("historical")).getRunId();
        var row = bench.awaitEnd(id);

        var run = runs.getRun(id);
        assertThat(run.getId()).isEqualTo(id);
        assertThat(run.getStatus()).isEqualTo("completed");
        assertThat(run.getProcessedMessages()).isEqualTo((int) row.number("processed_messages")).isPositive();
        assertThat(run.getCompletedAt()).isAfter(run.getCreatedAt()).isBefore(OffsetDateTime.now().plusMinutes(1));
        assertThat(run.getWindowTo()).isNull();
        assertThat(runs.listRuns(5L)).extracting(RunAnswer::getId).containsExactly(id);
        assertThat(runs.listEvents(id, null, null, 3L)).hasSize(3);
        assertThat(runs.listIssues(id, null, null, null, null, false))
                .hasSize((int) (run.getErrorCount() + run.getWarningCount()));
        assertThat(workspace.getWorkspace().getMessages()).isEqualTo((long) run.getProcessedMessages());
    }

    @Test
    void what_is_refused_comes_with_its_sentence() {
        assertThatThrownBy(() -> runs.changeRun("pause", UUID.randomUUID())).isInstanceOfSatisfying(ApiException.class,
                refused -> {
                    assertThat(refused.getCode()).isEqualTo(404);
                    assertThat(refused.getResponseBody()).contains("There is no run");
                });
    }
}
