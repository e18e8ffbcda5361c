package org.openphoneimport.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.openphoneimport.local.sample.SampleServer;
import org.openphoneimport.local.sample.SampleSettings;

/**
 * What runs on this machine because the user named no other: the sample workspace when there is no key, a PostgreSQL, an SQS
 * server.
 *
 * @param settings the application's configuration that leads to them
 */
public record Machine(Map<String, String> settings) {

    public static Machine start(Environment environment) {
        environment.get("LOCAL_RECONCILE_CRON").ifPresent(LocalPeriod::read);
        var settings = new TreeMap<String, String>();
        if (!environment.isSet("OPENPHONE_API_KEY")) {
            if (environment.isSet("OPENPHONE_BASE_URL")) {
                throw new IllegalArgumentException(
                        "OPENPHONE_BASE_URL is set, but OPENPHONE_API_KEY is not. Set both, or none for the sample workspace");
            }
            startSample(environment, settings);
        }
        mediaFolder(environment).ifPresent(folder -> settings.put("media.directory", folder.path().toString()));
        environment.get("QUARKUS_DATASOURCE_JDBC_URL").ifPresent(url -> DatabaseCheck.of(environment, url).run());
        if (!environment.isSet("QUARKUS_DATASOURCE_JDBC_URL")) {
            startPostgres(environment, directory(environment), settings);
        }
        if (!environment.isSet("IMPORT_QUEUE_URL")) {
            startQueues(environment, settings);
        }
        return new Machine(settings);
    }

    private static void startSample(Environment environment, Map<String, String> settings) {
        double rate = environment.number("SAMPLE_RATE", SampleSettings.defaults().rate());
        var sample = SampleServer.start(SampleSettings.defaults()
                .withConversations((int) environment.number("SAMPLE_CONVERSATIONS", SampleSettings.defaults().conversations()))
                .withSeed((long) environment.number("SAMPLE_SEED", 1))
                .withRate(rate)
                // Media URLs are part of the documents: on other ports they would be other documents.
                .withPorts(Ports.freeOrAny(8181), Ports.freeOrAny(8182)));
        settings.put("openphone.api-key", sample.apiKey());
        settings.put("openphone.base-url", sample.baseUrl());
        settings.put("media.allowed-hosts", environment.get("MEDIA_ALLOWED_HOSTS").map(hosts -> hosts + ",").orElse("")
                + URI.create(sample.mediaBaseUrl()).getAuthority());
        if (rate == 0 && !environment.isSet("OPENPHONE_RATE")) {
            settings.put("openphone.rate", "0");
        }
        settings.put("local.workspace", "sample workspace of %d conversations%s".formatted(
                sample.workspace().threads().conversationIds().size(),
                rate == 0 ? ", no rate limit" : ", %s requests/s".formatted(rate)));
    }

    /** Where files go; nothing when they go to a bucket. */
    static Optional<FolderCheck> mediaFolder(Environment environment) {
        if (environment.isSet("MEDIA_BUCKET")) {
            return Optional.empty();
        }
        return environment.get("MEDIA_DIRECTORY")
                .map(path -> new FolderCheck("MEDIA_DIRECTORY", Path.of(path).toAbsolutePath()))
                .or(() -> Optional.of(new FolderCheck("LOCAL_DIRECTORY", directory(environment).resolve("media"))));
    }

    private static Path directory(Environment environment) {
        var directory = Path.of(environment.get("LOCAL_DIRECTORY").orElse(".local")).toAbsolutePath();
        return environment.isSet("OPENPHONE_API_KEY") ? directory : directory.resolve("sample");
    }

    private static void startPostgres(Environment environment, Path directory, Map<String, String> settings) {
        var postgres = LocalPostgres.start(directory.resolve("postgres"),
                environment.get("LOCAL_POSTGRES_PASSWORD").orElse(""));
        settings.put("quarkus.datasource.jdbc.url", postgres.url());
        settings.put("quarkus.datasource.username", LocalPostgres.USER);
        settings.put("quarkus.datasource.password", postgres.password());
        var url = URI.create(postgres.url().substring("jdbc:".length()));
        settings.put("local.psql",
                "PGPASSWORD=\"$(cat '%s')\" psql -h %s -p %d -U %s postgres".formatted(postgres.passwordFile(),
                        url.getHost(), url.getPort(), LocalPostgres.USER));
    }

    private static void startQueues(Environment environment, Map<String, String> settings) {
        var timeout = FunctionTimeout.of(environment.get("FUNCTION_TIMEOUT").orElse(FunctionTimeout.DEFAULT));
        settings.putAll(LocalQueues.start(timeout).settings());
    }
}
