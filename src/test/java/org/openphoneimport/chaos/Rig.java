package org.openphoneimport.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.Environment;
import org.openphoneimport.local.Machine;
import org.openphoneimport.local.sample.SampleServer;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.testsupport.Answer;
import org.openphoneimport.testsupport.Database;
import org.openphoneimport.testsupport.MediaFolder;
import org.openphoneimport.testsupport.OpenWork;
import org.openphoneimport.testsupport.Pause;
import org.openphoneimport.testsupport.Queues;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Waiting;

import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that can be killed, with a workspace, a database and queues that can fail. There is one for all tests. */
final class Rig {

    private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

    private static @Nullable Rig rig;

    private final SampleServer openPhone;
    private final Database database;
    private final Queues queues;
    private final QueueProxy queueProxy;
    private final Workers workers;
    private final MediaFolder files;

    private Rig() throws IOException {
        var application = WorkerApplication.jar();
        database = Database.start();
        openPhone = SampleServer.start(SampleSettings.defaults().withConversations(0).withRate(0).withPageSize(Campaign.PAGE));
        var queueSettings = new TreeMap<>(Machine.start(Environment.of(Map.of("OPENPHONE_API_KEY", openPhone.apiKey(),
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(), "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres"))).settings());
        queues = new Queues(queueSettings);
        files = MediaFolder.create();
        queueSettings.put("media.directory", files.path().toString());
        queueSettings.put("media.allowed-hosts", URI.create(openPhone.mediaBaseUrl()).getAuthority());
        queueSettings.putAll(WorkerApplication.asInAws());
        queueProxy = QueueProxy.start(String.valueOf(queueSettings.get("quarkus.sqs.endpoint-override")));
        queueSettings.put("quarkus.sqs.endpoint-override", queueProxy.endpoint());
        workers = new Workers(application, queueSettings, Map.of(
                "OPENPHONE_API_KEY", openPhone.apiKey(),
                "OPENPHONE_BASE_URL", openPhone.baseUrl(),
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(),
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                "IMPORT_QUEUE_URL", queues.importUrl(),
                "OPENPHONE_API", Campaign.API),
                queues.sqs().createQueue(request -> request.queueName("spare")).queueUrl());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            database.close();
            files.close();
        }));
    }

    /** Started at the first call. */
    static synchronized Rig get() {
        try {
            rig = rig == null ? new Rig() : rig;
            return rig;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start what the tests need: " + e.getMessage(), e);
        }
    }

    /** Makes it as if nothing had ever happened, but for workers that are up. */
    void reset(SampleWorkspace workspace, Conditions conditions) {
        openPhone.intercept(Interceptor.NONE);
        queueProxy.meddle(QueueProxy.NONE);
        for (var queue : List.of(queues.importUrl(), queues.mediaUrl())) {
            queues.sqs().setQueueAttributes(request -> request.queueUrl(queue).attributes(
                    Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(conditions.visibility().toSeconds()))));
        }
        boolean migrated = database.count("SELECT count(*) FROM pg_tables WHERE tablename = 'import_runs'") > 0;
        if (!workers.change(conditions) && migrated) {
            cancelAll();
        }
        // Not before: a reconciliation that follows a cancelled run is refused where another workspace is served.
        openPhone.serve(workspace);
        openPhone.pageSize(Campaign.PAGE);
        queues.empty();
        files.empty();
        if (migrated) {
            soon().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                database.empty();
                Pause.millis(100);
                return database.size("import_batches") == 0;
            });
        }
        workers.awaitUp(1);
        openPhone.requests().reset();
        workers.countStartsAnew();
    }

    /**
     * Cancels all runs, and those that follow when webhooks are put back, lest one of these stands where a test starts its own.
     */
    private void cancelAll() {
        var cancel = "UPDATE import_runs SET status = 'cancelled'";
        database.execute(cancel);
        soon().atMost(Duration.ofSeconds(30)).ignoreExceptions()
                .until(() -> database.size("checklist_steps WHERE state IN ('pending', 'active')") == 0);
        database.execute(cancel);
    }

    /** Waits until so many workers are up. */
    void awaitWorkers(int count) {
        workers.awaitUp(count);
    }

    /** SIGSTOP for one of the workers, and after that time SIGCONT. */
    void freeze(int which, Duration time) {
        workers.freeze(which, time);
    }

    /** SIGKILL for all workers; others follow. */
    void kill() {
        workers.killAll();
    }

    /** SIGKILL for one of the workers; another one follows. */
    void kill(int which) {
        workers.kill(which);
    }

    /** Ends the workers, so that they take nothing from other tests. */
    void rest() {
        workers.rest();
    }

    /** How many workers were started since the reset. */
    int starts() {
        return workers.starts();
    }

    SampleServer openPhone() {
        return openPhone;
    }

    Database database() {
        return database;
    }

    Queues queues() {
        return queues;
    }

    /** Where workers store files. */
    MediaFolder files() {
        return files;
    }

    QueueProxy queueProxy() {
        return queueProxy;
    }

    /** Invokes a function of a worker that is up. */
    Answer invoke(String function, String payload) throws IOException {
        return workers.up().invoke(function, payload);
    }

    /** Waits until later workers start faster; until then nothing may take away what they need to start. */
    void awaitRehearsal() {
        workers.awaitRehearsal();
    }

    /** What the health check of a worker says. */
    boolean isHealthy() throws IOException {
        return workers.up().isHealthy();
    }

    /** Starts a run; that may fail at first when connections have just been cut, or the answer may come too late. */
    UUID start() {
        var run = new AtomicReference<UUID>();
        soon().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            var answer = invoke("start-run", "{}");
            assertThat(answer.failed()).as(answer.document().toString()).isFalse();
            run.set(UUID.fromString(answer.document().path("runId").asText()));
        });
        return run.get();
    }

    /** Pauses, resumes, cancels a run; false when that was refused. */
    boolean act(String action, UUID run) throws IOException {
        // An operator finds one, even if all have just died.
        awaitWorkers(1);
        return !invoke("keep-runs", "{\"action\":\"%s\",\"runId\":\"%s\"}".formatted(action, run)).failed();
    }

    /** A run as it stands in the table. */
    Row run(UUID id) {
        return database.row("SELECT * FROM import_runs WHERE id = ?", id);
    }

    /** Waits until a run is completed, failed or cancelled; returns its row. */
    Row awaitEnd(UUID id, Duration longest) {
        try {
            soon().atMost(longest).ignoreExceptions().until(() -> ENDED.contains(run(id).text("status")));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("The run does not end. " + OpenWork.of(database, id), e);
        }
        return run(id);
    }

    /** Looks twenty times a second, for half a minute: beside others it may take that long. */
    ConditionFactory soon() {
        return Waiting.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO);
    }

    /** Asserts that the run is completed, and that what is stored is what the workspace holds: nothing lost, nothing double. */
    void assertExact(UUID id, String what) {
        var run = run(id);
        var workspace = openPhone.workspace();
        var soft = new SoftAssertions();
        soft.assertThat(run.text("status")).as("status").isEqualTo("completed");
        soft.assertThat(run.text("errors")).as("errors").isEqualTo("[]");
        soft.assertThat(database.ids("conversations")).as("conversations")
                .isEqualTo(new TreeSet<>(workspace.threads().conversationIds()));
        soft.assertThat(database.ids("messages")).as("messages").isEqualTo(new TreeSet<>(workspace.threads().messageIds()));
        soft.assertThat(database.ids("calls")).as("calls").isEqualTo(calls(workspace, run));
        for (var counted : new String[] { "conversations", "messages", "calls" }) {
            soft.assertThat(run.number("processed_" + counted)).as("processed_" + counted).isEqualTo(database.size(counted));
            soft.assertThat(run.number("total_" + counted)).as("total_" + counted).isEqualTo(database.size(counted));
        }
        soft.assertThat(run.number("total_media")).as("total_media").isEqualTo(database.size("media"));
        soft.assertThat(run.number("processed_media")).as("processed_media")
                .isEqualTo(database.size("media WHERE status = 'stored'"));
        soft.assertThat(database.rows("""
                SELECT conversation_id FROM import_conversations AS reading WHERE run_id = ? AND (status <> 'done'
                    OR messages <> (SELECT count(*) FROM messages WHERE messages.conversation_id = reading.conversation_id)
                    OR calls <> (SELECT count(*) FROM calls WHERE calls.conversation_id = reading.conversation_id))
                """, id)).as("conversations with wrong counters").isEmpty();
        soft.assertThat(database.rows("SELECT * FROM import_batches WHERE status <> 'done' AND run_id = ?", id))
                .as("open batches").isEmpty();
        soft.assertThat(queues.size(queues.importDeadLettersUrl()) + database.size("dead_letters")).as("dead letters").isZero();
        // Where the list by which it is chosen was away for long, v1 reads.
        if (Campaign.DATED && openPhone.requests().countStatus(401) == 0 && openPhone.requests()
                .count(request -> request.template().equals("/conversations") && request.status() == 503) == 0) {
            soft.assertThat(run.text("api")).as("api").isEqualTo("2026-03-30");
        }
        soft.errorsCollected().stream().findFirst().ifPresent(first -> {
            throw new AssertionError(what + ": " + soft.errorsCollected(), first);
        });
    }

    /** Those that the APIs can show: calls of groups v1 cannot. */
    private static Set<String> calls(SampleWorkspace workspace, Row run) {
        var calls = new TreeSet<>(workspace.calls().ids());
        if (!run.text("api").equals("v1") || run.get("witness") != null) {
            workspace.calls().groupCalls().forEach(call -> calls.add(call.id()));
        }
        return calls;
    }
}
