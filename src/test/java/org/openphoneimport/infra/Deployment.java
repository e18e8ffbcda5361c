package org.openphoneimport.infra;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.openphoneimport.local.Environment;
import org.openphoneimport.local.Machine;
import org.openphoneimport.local.sample.SampleServer;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.testsupport.AwsEndpoint;
import org.openphoneimport.testsupport.Database;
import org.openphoneimport.testsupport.NoticeReceiver;
import org.openphoneimport.testsupport.PageProfile;
import org.openphoneimport.testsupport.Queues;

/** The artifact as the template deploys it: its functions with their environment, beside what stands in for AWS. */
final class Deployment implements AutoCloseable {

    private static final Path TARGET = Path.of("target", "function").toAbsolutePath();

    private final Template template = Template.read();
    private final Artifact artifact = Artifact.unpack(TARGET);
    private final Database database = Database.start();
    private final SampleServer openPhone;
    private final Queues queues;
    private final Map<String, String> queueSettings;
    private final AwsEndpoint aws;
    private final Bucket bucket = Bucket.start("files");
    private final NoticeReceiver receiver = NoticeReceiver.open();
    private final Map<String, LambdaProcess> functions = new LinkedHashMap<>();

    /**
     * @param conversations in the workspace
     */
    Deployment(int conversations) throws IOException {
        openPhone = SampleServer.start(SampleSettings.defaults().withConversations(conversations).withRate(0));
        aws = AwsEndpoint.start();
        queueSettings = Machine.start(Environment.of(Map.of("OPENPHONE_API_KEY", openPhone.apiKey(),
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(), "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres"))).settings();
        queues = new Queues(queueSettings);
        aws.put("KeySecret", openPhone.apiKey());
        aws.put("DatabaseSecret", "{\"username\":\"postgres\",\"password\":\"postgres\"}");
        aws.put("PageUsersSecret", PageProfile.user(PageProfile.OPERATOR, "operator") + "\n"
                + PageProfile.user(PageProfile.VIEWER, "viewer") + "\n");
        aws.put("PageKey", "what cookies are encrypted with");
        aws.put("NoticeSecret", "{\"url\":\"%s\",\"secret\":\"%s\"}".formatted(receiver.url(), NoticeReceiver.SECRET));
    }

    Artifact artifact() {
        return artifact;
    }

    /** Starts the process of a function, if it was not before. */
    LambdaProcess function(String name) {
        return functions.computeIfAbsent(name, missing -> start(missing, missing, Map.of()));
    }

    /** What the template gives a function. */
    Map<String, String> environment(String function) {
        return template.environment(function, this::reference);
    }

    /** Starts another process of a function. */
    LambdaProcess start(String function, String log, Map<String, String> more) {
        var environment = new TreeMap<>(environment(function));
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_ENDPOINT_URL", aws.address());
        environment.put("AWS_ENDPOINT_URL_SQS", String.valueOf(queueSettings.get("quarkus.sqs.endpoint-override")));
        environment.put("AWS_ENDPOINT_URL_S3", bucket.address());
        environment.put("QUARKUS_S3_PATH_STYLE_ACCESS", "true");
        environment.put("MEDIA_ALLOWED_HOSTS", URI.create(openPhone.mediaBaseUrl()).getAuthority());
        // Beside other tests any port will do.
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.putAll(more);
        return LambdaProcess.start(artifact, TARGET.resolve(log), environment);
    }

    String reference(String name) {
        return switch (name) {
            case "DatabaseUrl" -> database.url();
            case "ImportQueue" -> queues.importUrl();
            case "ImportDeadLetterQueue" -> queues.importDeadLettersUrl();
            case "MediaQueue" -> String.valueOf(queueSettings.get("media.queue-url"));
            case "MediaDeadLetterQueue" -> String.valueOf(queueSettings.get("media.dlq-url"));
            case "OpenPhoneBaseUrl" -> openPhone.baseUrl();
            case "OpenPhoneRate" -> "0";
            case "OpenPhoneApi" -> "v1";
            case "MediaBucket" -> "files";
            case "WorkspaceName" -> "";
            case "EnvironmentName" -> "tested";
            case "EventBusArn" -> "arn:aws:events:us-east-1:123456789012:event-bus/company";
            case "AWS::StackName" -> "stack";
            case "AWS::Region" -> "us-east-1";
            default -> template.defaultOf(name).orElse(name);
        };
    }

    Database database() {
        return database;
    }

    Queues queues() {
        return queues;
    }

    AwsEndpoint aws() {
        return aws;
    }

    NoticeReceiver receiver() {
        return receiver;
    }

    Bucket bucket() {
        return bucket;
    }

    SampleServer openPhone() {
        return openPhone;
    }

    @Override
    public void close() {
        functions.values().forEach(LambdaProcess::close);
        aws.close();
        bucket.close();
        receiver.close();
        openPhone.close();
        database.close();
    }
}
