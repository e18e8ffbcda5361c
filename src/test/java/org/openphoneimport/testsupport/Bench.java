package org.openphoneimport.testsupport;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.inject.spi.CDI;

import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.openphoneimport.local.LocalFunctions;
import org.openphoneimport.local.sample.SampleServer;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.start.StartRequest;
import org.openphoneimport.start.Starter;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.vertx.http.HttpServer;
import io.restassured.RestAssured;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;

/** What tests work with. */
public final class Bench {

    /** How many conversations OpenPhone has unless a test says otherwise. */
    public static final int CONVERSATIONS = 28;

    /** How many rows OpenPhone puts on a page. */
    public static final int PAGE = 10;

    /** How many messages the longest of its conversations has, which are named {@code AClong0of...} and so on. */
    public static final int LONGEST = 5 * PAGE + 6;

    private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

    private final SampleServer openPhone;
    private final SampleWorkspace workspace;
    private final Database database;
    private final Queues queues;
    private final MediaFolder files;
    private final NoticeReceiver receiver;
    private final Mails mails;

    Bench(SampleServer openPhone, Database database, Queues queues, MediaFolder files, NoticeReceiver receiver, Mails mails) {
        this.receiver = receiver;
        this.mails = mails;
        this.openPhone = openPhone;
        this.workspace = anotherWorkspace();
        this.database = database;
        this.queues = queues;
        this.files = files;
    }

    /** What was started for the test that is running. */
    public static Bench get() {
        return OnOneMachine.bench();
    }

    /** What the application takes for OpenPhone. */
    public SampleServer openPhone() {
        return openPhone;
    }

    /** What OpenPhone serves unless a test says otherwise: {@link #CONVERSATIONS}. */
    public SampleWorkspace workspace() {
        return workspace;
    }

    /** What a sample workspace of so many conversations is like, whose threads are as long as pages here want them. */
    public static SampleSettings sample(int conversations) {
        return SampleSettings.defaults().withConversations(conversations).withPageSize(PAGE);
    }

    /** One of so many conversations; it is to be served. */
    public static SampleWorkspace workspace(int conversations) {
        return SampleWorkspace.generate(sample(conversations));
    }

    /** One like it that a test may change; it is to be served. */
    public static SampleWorkspace anotherWorkspace() {
        var workspace = SampleWorkspace.generate(OnOneMachine.SAMPLE);
        var pairs = workspace.threads().conversations().stream().filter(each -> each.participants().size() == 1
                && each.deletedAt() == null && workspace.directory().phoneNumbers().stream()
                        .anyMatch(own -> own.id().equals(each.phoneNumberId())))
                .map(SampleConversation::id).limit(2).toList();
        lengthen(workspace, pairs.getFirst(), 2 * PAGE + 6);
        lengthen(workspace, pairs.getLast(), LONGEST);
        return workspace;
    }

    private static void lengthen(SampleWorkspace workspace, String conversation, int messages) {
        for (int i = 0; i < messages; i++) {
            workspace.addMessage("AClong%dof%d".formatted(i, messages), conversation, "Message " + i,
                    SampleWorkspace.END.minus(Duration.ofHours(i)));
        }
    }

    /** The application's PostgreSQL. */
    public Database database() {
        return database;
    }

    /** The application's queues. */
    public Queues queues() {
        return queues;
    }

    /** Where the application posts notices. */
    public NoticeReceiver receiver() {
        return receiver;
    }

    /** Where the application mails notices. */
    public Mails mails() {
        return mails;
    }

    /** Where the application stores files. */
    public MediaFolder files() {
        return files;
    }

    /**
     * Where the application's HTTP server is. Left to itself, REST Assured talks to the mock event server of Quarkus' Lambda
     * extension, which hands whatever is posted, to whatever path, to start-run.
     */
    public URI address() {
        return URI.create("http://127.0.0.1:" + CDI.current().select(HttpServer.class).get().getPort());
    }

    /**
     * Makes it as if nothing had ever happened: no rows, no records, no requests, the conversations that are there by
     * default, and every request answered.
     */
    public void reset() {
        openPhone.intercept(Interceptor.NONE);
        openPhone.interceptMedia(Interceptor.NONE);
        openPhone.serve(workspace);
        openPhone.pageSize(PAGE);
        stopWorkers();
        queues.empty();
        forgetRows();
        files.empty();
        CDI.current().select(CircuitBreakerMaintenance.class).get().resetAll();
        openPhone.requests().reset();
        openPhone.mediaRequests().reset();
        RestAssured.port = address().getPort();
    }

    /** Leaves every table as the migrations made it; a page that is open, or a function, may get in the way for a moment. */
    public void forgetRows() {
        soon().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(database::empty);
    }

    /** Invokes a function at the endpoint that AWS' tools use. */
    public Answer invoke(String function, String payload) {
        var response = RestAssured.given().baseUri(address().toString()).body(payload)
                .post("/2015-03-31/functions/{name}/invocations", function);
        if (response.statusCode() != 200) {
            throw new AssertionError(function + " could not be invoked: " + response.statusCode() + " " + response.asString());
        }
        return new Answer(response.header("X-Amz-Function-Error") != null, Json.read(response.asByteArray()));
    }

    /** Starts a run. */
    public UUID start(String payload) {
        var answer = invoke("start-run", payload);
        if (answer.failed() || !answer.document().path("started").asBoolean()) {
            throw new AssertionError("No run was started: " + answer.document());
        }
        return UUID.fromString(answer.document().path("runId").asText());
    }

    /** Starts a run over everything that uses the API of 2026-03-30. */
    public UUID startDated() {
        return start("{}", OpenPhoneConfig.Api.DATED);
    }

    /** Starts such a run and waits for its end; returns its row. */
    public Row importAllDated() {
        return awaitEnd(startDated());
    }

    /** Starts a reconciliation that uses the API of 2026-03-30 and waits for its end; returns its row. */
    public Row reconcileDated() {
        return awaitEnd(start("{\"type\":\"reconciliation\"}", OpenPhoneConfig.Api.DATED));
    }

    /** Starts a run that uses the API of 2026-03-30 if that answers as expected, and waits for its end; returns its row. */
    public Row importAllThroughEither() {
        return awaitEnd(start("{}", OpenPhoneConfig.Api.AUTO));
    }

    /** Starts such a reconciliation and waits for its end; returns its row. */
    public Row reconcileThroughEither() {
        return awaitEnd(start("{\"type\":\"reconciliation\"}", OpenPhoneConfig.Api.AUTO));
    }

    /** Starts a run that uses another generation of the API than the configured one. */
    public UUID start(String payload, OpenPhoneConfig.Api api) {
        return CDI.current().select(Starter.class).get()
                .start(StartRequest.read(Json.read(payload.getBytes(StandardCharsets.UTF_8)), Instant.now()),
                        api)
                .runId();
    }

    /** Starts a run over everything and waits for its end; returns its row. */
    public Row importAll() {
        return awaitEnd(start("{}"));
    }

    /** What the workspace says of itself, when what the checklist of the last run had set has been taken back. */
    public String workspaceSentence() {
        soon().until(() -> !sentence().contains("still"));
        return sentence();
    }

    private static String sentence() {
        return RestAssured.get("/api/workspace").jsonPath().getString("sentence");
    }

    /** A run as it stands in the table. */
    public Row run(UUID id) {
        return database.row("SELECT * FROM import_runs WHERE id = ?", id);
    }

    /** Waits until a run is completed, failed or cancelled; returns its row. */
    public Row awaitEnd(UUID id) {
        try {
            soon().atMost(Duration.ofSeconds(60)).until(() -> ENDED.contains(run(id).text("status")));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("The run does not end. " + OpenWork.of(database, id), e);
        }
        return run(id);
    }

    /** Looks twenty times a second, for half a minute: beside others it may take that long. */
    public ConditionFactory soon() {
        return Waiting.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO).conditionEvaluationListener(condition -> keep(condition.isSatisfied()));
    }

    /**
     * The clock says so once a second at most, and a test that waits need not wait for it. While a function is at work there is
     * seldom something to keep going, and keep-runs costs as much as ten requests.
     */
    private static void keep(boolean satisfied) {
        if (!satisfied && functions().running().isEmpty() && scheduler().isRunning()) {
            functions().invokeLater("keep-runs", Map.of());
        }
    }

    /** No keep-runs begins by itself any more, and none that has begun is still at work. */
    public void stopClock() {
        scheduler().pause();
        Waiting.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5))
                .until(() -> !functions().running().contains("keep-runs"));
    }

    public void startClock() {
        scheduler().resume();
    }

    private static Scheduler scheduler() {
        return CDI.current().select(Scheduler.class).get();
    }

    private static LocalFunctions functions() {
        return CDI.current().select(LocalFunctions.class).get();
    }

    private void stopWorkers() {
        database.execute("""
                UPDATE import_runs SET status = 'cancelled' WHERE status IN ('pending', 'running', 'paused', 'verifying')
                """);
        database.execute("DELETE FROM verifications WHERE lease_until IS NULL OR lease_until < clock_timestamp()");
        // What follows up a run would start another one, with the numbers of the workspace before.
        database.execute("UPDATE checklist_steps SET state = 'undone' WHERE state IN ('pending', 'active')");
        soon().until(() -> functions().running().isEmpty());
    }
}
