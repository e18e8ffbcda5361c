package org.openphoneimport.testsupport;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.Environment;
import org.openphoneimport.local.Machine;
import org.openphoneimport.local.sample.SampleServer;
import org.openphoneimport.local.sample.SampleSettings;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

/**
 * Starts everything that the application needs, once for all tests: a sample workspace, PostgreSQL, an SQS server. Tests find
 * them through {@link Bench#get()}.
 */
@WithTestResource(value = OnOneMachine.class, scope = TestResourceScope.GLOBAL)
public final class OnOneMachine implements QuarkusTestResourceLifecycleManager {

    /** Enough for three pages of conversations and two batches; the seed gives all kinds of calls. */
    static final SampleSettings SAMPLE = Bench.sample(Bench.CONVERSATIONS).withSeed(3808).withRate(0);

    /** Whatever address this name has, files may be fetched from there; there is no such host until a test makes one. */
    public static final String STRANGE_HOST = "strange.example.com";

    private static final String SEND = "quarkus.fault-tolerance.\"org.openphoneimport.openphone.Requests/send\".";
    private static final String GATEWAY = "quarkus.fault-tolerance.\"org.openphoneimport.openphone.Gateway/send\".";
    private static final String GATEWAY_PAST_BREAKER = GATEWAY.replace("/send", "/sendPastBreaker");

    private static volatile @Nullable Bench bench;

    private @Nullable Database database;
    private @Nullable SampleServer openPhone;
    private @Nullable MediaFolder files;
    private @Nullable NoticeReceiver receiver;
    private @Nullable Mails mails;

    static Bench bench() {
        return Objects.requireNonNull(bench, "Nothing was started: is this a @QuarkusTest?");
    }

    @Override
    public Map<String, String> start() {
        database = Database.start();
        openPhone = SampleServer.start(SAMPLE);
        var queues = Machine.start(Environment.of(Map.of("OPENPHONE_API_KEY", openPhone.apiKey(),
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(), "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres"))).settings();
        files = MediaFolder.create();
        receiver = NoticeReceiver.open();
        mails = Mails.open();
        bench = new Bench(openPhone, database, new Queues(queues), files, receiver, mails);
        var settings = new HashMap<String, String>(queues);
        settings.put("openphone.api-key", openPhone.apiKey());
        settings.put("openphone.base-url", openPhone.baseUrl());
        settings.put("media.allowed-hosts", URI.create(openPhone.mediaBaseUrl()).getAuthority() + "," + STRANGE_HOST);
        settings.put("media.directory", files.path().toString());
        settings.put("quarkus.datasource.jdbc.url", database.url());
        settings.put("quarkus.datasource.username", "postgres");
        settings.put("quarkus.datasource.password", "postgres");
        settings.put("notify.webhook-url", receiver.url());
        settings.put("notify.webhook-secret", NoticeReceiver.SECRET);
        settings.put("notify.mail-to", "ops@example.com");
        settings.put("notify.page-url", "https://import.example.com/");
        settings.put("quarkus.mailer.from", "import@example.com");
        settings.put("quarkus.mailer.host", "127.0.0.1");
        settings.put("quarkus.mailer.port", String.valueOf(mails.port()));
        settings.putAll(inAHurry());
        return settings;
    }

    /** All that production waits for, in a tenth of the time or less. */
    private static Map<String, String> inAHurry() {
        return Map.ofEntries(
                Map.entry("openphone.rate", "0"),
                // Tests that mean both generations say so.
                Map.entry("openphone.api", "v1"),
                // A test's reconciliation is to see what the test has just changed.
                Map.entry("directory.lists-age", "0s"),
                Map.entry("local.reconcile-cron", "off"),
                Map.entry("local.keep-every", "1s"),
                Map.entry("import.batch-size", "15"),
                Map.entry("import.longest-linger", "1s"),
                Map.entry("import.shortest-return", "200ms"),
                Map.entry("import.longest-return", "1s"),
                Map.entry(SEND + "retry.delay", "8"),
                Map.entry(SEND + "retry.jitter", "4"),
                Map.entry(GATEWAY + "timeout.value", "3"),
                Map.entry(GATEWAY_PAST_BREAKER + "timeout.value", "3"),
                Map.entry(GATEWAY + "circuit-breaker.delay", "200"),
                Map.entry(GATEWAY + "circuit-breaker.delay-unit", "millis"),
                Map.entry("media.retry-delays", "200ms,200ms,200ms"),
                Map.entry("notify.retry-delays", "100ms,100ms,100ms"),
                Map.entry("media.longest-silence", "2s"),
                Map.entry("media.max-size", "4M"));
    }

    @Override
    public void stop() {
        if (openPhone != null) {
            openPhone.close();
        }
        if (database != null) {
            database.close();
        }
        if (files != null) {
            files.close();
        }
        if (receiver != null) {
            receiver.close();
        }
        if (mails != null) {
            mails.close();
        }
    }
}
