package org.openphoneimport.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
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
import org.openphoneimport.testsupport.Queues;
import org.openphoneimport.testsupport.Row;

import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An application that can be killed, with a workspace, a database and queues that can fail. A worker that dies is followed by
 * another one, and keep-runs is invoked twice a second, as AWS would do more slowly. There is one for all tests.
 */
final class Rig {

    private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");
    private static final String SEND = "quarkus.fault-tolerance.\"org.openphoneimport.openphone.Requests/send\".";
    private static final String GATEWAY = "quarkus.fault-tolerance.\"org.openphoneimport.openphone.Gateway/send\".";

    private static @Nullable Rig rig;

    private final Path application;
    private final SampleServer openPhone;
    private final Database database;
    private final Queues queues;
    private final QueueProxy queueProxy;
    private final Map<String, String> environment;
    private final Map<String, String> queueSettings;
    private final AtomicInteger starts = new AtomicInteger();
    private Map<String, String> settings = Map.of();
    private volatile @Nullable Worker worker;
    private volatile boolean supervised;

    private Rig() throws IOException {
        application = WorkerApplication.build();
        database = Database.start();
        openPhone = SampleServer.start(SampleSettings.defaults().withConversations(0).withRate(0));
        queueSettings = new TreeMap<>(Machine.start(Environment.of(Map.of("OPENPHONE_API_KEY", openPhone.apiKey(),
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(), "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres"))).settings());
        queues = new Queues(queueSettings);
        queues.sqs().setQueueAttributes(request -> request.queueUrl(queues.importUrl())
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "4")));
        queueProxy = QueueProxy.start(String.valueOf(queueSettings.get("quarkus.sqs.endpoint-override")));
        queueSettings.put("quarkus.sqs.endpoint-override", queueProxy.endpoint());
        environment = Map.of(
                "OPENPHONE_API_KEY", openPhone.apiKey(),
                "OPENPHONE_BASE_URL", openPhone.baseUrl(),
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(),
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                "IMPORT_QUEUE_URL", queues.importUrl());
        Thread.ofPlatform().daemon().name("keep-runs").start(this::keep);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
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

    /** All that production waits for, in a tenth of the time or less, and without a rate limit. */
    static Map<String, String> inAHurry() {
        var settings = new TreeMap<String, String>();
        settings.put("openphone.rate", "0");
        settings.put("import.batch-size", "10");
        settings.put("import.lease", "2s");
        settings.put("import.shortest-return", "1s");
        settings.put("import.longest-return", "3s");
        settings.put("import.longest-linger", "1s");
        settings.put(SEND + "retry.delay", "20");
        settings.put(SEND + "retry.jitter", "10");
        settings.put(GATEWAY + "timeout.value", "2");
        settings.put(GATEWAY + "circuit-breaker.delay", "1");
        return settings;
    }

    /** {@link #inAHurry()}, but for one setting. */
    static Map<String, String> inAHurryBut(String... namesAndValues) {
        var settings = inAHurry();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return settings;
    }

    /** Makes it as if nothing had ever happened, but for a worker that is up. */
    void reset(SampleWorkspace workspace, Map<String, String> changed) {
        openPhone.intercept(Interceptor.NONE);
        queueProxy.meddle(QueueProxy.NONE);
        openPhone.serve(workspace);
        var running = worker;
        if (!changed.equals(settings) || running == null || !running.isAlive()) {
            supervised = false;
            if (running != null) {
                running.kill();
            }
            settings = changed;
            worker = null;
        } else {
            database.execute("UPDATE import_runs SET status = 'cancelled'");
        }
        queues.empty();
        if (database.count("SELECT count(*) FROM pg_tables WHERE tablename = 'import_runs'") > 0) {
            soon().ignoreExceptions().until(() -> {
                database.empty();
                Pause.millis(100);
                return database.size("import_batches") == 0;
            });
        }
        supervised = true;
        awaitWorker();
        openPhone.requests().reset();
        starts.set(0);
    }

    /** Waits until a worker is up. */
    void awaitWorker() {
        soon().atMost(Duration.ofSeconds(60)).until(() -> {
            var running = worker;
            return running != null && running.awaitUp();
        });
    }

    /** SIGKILL; another worker follows, if it is not held back. */
    void kill() {
        var running = worker;
        if (running != null) {
            running.kill();
        }
    }

    /** Ends the worker, so that it takes nothing from other tests. */
    void rest() {
        supervised = false;
        kill();
    }

    /** Lets no worker follow a killed one, or lets them again. */
    void holdBack(boolean hold) {
        supervised = !hold;
    }

    /** How many workers were started since the reset. */
    int starts() {
        return starts.get();
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

    QueueProxy queueProxy() {
        return queueProxy;
    }

    /** Invokes a function of the worker that is up. */
    Answer invoke(String function, String payload) throws IOException {
        var running = worker;
        if (running == null) {
            throw new IOException("There is no worker");
        }
        return running.invoke(function, payload);
    }

    /** Starts a run. */
    UUID start() {
        try {
            var answer = invoke("start-run", "{}");
            if (answer.failed() || !answer.document().path("started").asBoolean()) {
                throw new AssertionError("No run was started: " + answer.document());
            }
            return UUID.fromString(answer.document().path("runId").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("No run was started: " + e, e);
        }
    }

    /** Pauses, resumes, cancels a run; false when that was refused. */
    boolean act(String action, UUID run) throws IOException {
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
            throw new AssertionError("The run does not end: " + run(id) + "\n"
                    + database.rows("SELECT * FROM import_batches WHERE status NOT IN ('done') AND run_id = ?", id) + "\n"
                    + database.rows("SELECT * FROM keep_leases"), e);
        }
        return run(id);
    }

    /** Looks twenty times a second, for ten seconds. */
    ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(50))
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
        soft.assertThat(database.ids("calls")).as("calls").isEqualTo(new TreeSet<>(workspace.calls().ids()));
        for (var counted : new String[] { "conversations", "messages", "calls" }) {
            soft.assertThat(run.number("processed_" + counted)).as("processed_" + counted).isEqualTo(database.size(counted));
            soft.assertThat(run.number("total_" + counted)).as("total_" + counted).isEqualTo(database.size(counted));
        }
        soft.assertThat(run.number("total_media")).as("total_media").isEqualTo(database.size("media"));
        soft.assertThat(database.rows("""
                SELECT conversation_id FROM import_conversations AS reading WHERE run_id = ? AND (status <> 'done'
                    OR messages <> (SELECT count(*) FROM messages WHERE messages.conversation_id = reading.conversation_id)
                    OR calls <> (SELECT count(*) FROM calls WHERE calls.conversation_id = reading.conversation_id))
                """, id)).as("conversations with wrong counters").isEmpty();
        soft.assertThat(database.rows("SELECT * FROM import_batches WHERE status <> 'done' AND run_id = ?", id))
                .as("open batches").isEmpty();
        soft.assertThat(queues.size(queues.importDeadLettersUrl()) + database.size("dead_letters")).as("dead letters").isZero();
        soft.errorsCollected().stream().findFirst().ifPresent(first -> {
            throw new AssertionError(what + ": " + soft.errorsCollected(), first);
        });
    }

    private void keep() {
        long kept = System.nanoTime();
        while (true) {
            try {
                Pause.millis(50);
                var running = worker;
                if (supervised && (running == null || !running.isAlive())) {
                    starts.incrementAndGet();
                    var all = new TreeMap<>(queueSettings);
                    all.putAll(settings);
                    worker = Worker.start(application, all, environment);
                } else if (running != null && running.isAlive() && System.nanoTime() - kept > 500_000_000L) {
                    kept = System.nanoTime();
                    running.invokeLater("keep-runs");
                }
            } catch (IOException e) {
                // It is starting, or has just been killed.
            }
        }
    }
}
