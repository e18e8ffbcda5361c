package org.openphoneimport.local;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An SQS server of our own with the queues that the template makes in AWS.
 *
 * @param settings the application's configuration that leads to them
 */
record LocalQueues(Map<String, String> settings) {

    private static final String RECEIVES = "5";
    // What the server is told of its own address, before it has one.
    private static final int NO_PORT = 0;
    private static final String DAYS_14 = String.valueOf(Duration.ofDays(14).toSeconds());

    /** @param timeout of the functions; a record that one of them has is invisible to others for six times as long */
    static LocalQueues start(Duration timeout) {
        // It asks for no password and takes requests of any page that a browser here has open, so it answers only below a path that
        // cannot be guessed.
        var path = "/" + HexFormat.of().formatHex(random());
        var server = SQSRestServerBuilder.withDynamicPort().withInterface("127.0.0.1")
                .withServerAddress(new NodeAddress("http", "127.0.0.1", NO_PORT, path)).start();
        int port = server.waitUntilStarted().localAddress().getPort();
        var endpoint = "http://127.0.0.1:" + port + path;
        try (var sqs = SqsClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            return new LocalQueues(Map.of(
                    "quarkus.sqs.endpoint-override", endpoint,
                    "quarkus.sqs.aws.region", "us-east-1",
                    "quarkus.sqs.aws.credentials.type", "static",
                    "quarkus.sqs.aws.credentials.static-provider.access-key-id", "local",
                    "quarkus.sqs.aws.credentials.static-provider.secret-access-key", "local",
                    "import.dlq-url", create(sqs, port, "import-dlq", Map.of()),
                    "import.queue-url", create(sqs, port, "import", redriven("import-dlq", timeout)),
                    "media.dlq-url", create(sqs, port, "media-dlq", Map.of()),
                    "media.queue-url", create(sqs, port, "media", redriven("media-dlq", timeout))));
        }
    }

    private static byte[] random() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static Map<QueueAttributeName, String> redriven(String deadLetterQueue, Duration timeout) {
        return Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT, String.valueOf(timeout.multipliedBy(6).toSeconds()),
                QueueAttributeName.REDRIVE_POLICY, """
                        {"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:%s","maxReceiveCount":"%s"}"""
                        .formatted(deadLetterQueue, RECEIVES));
    }

    private static String create(SqsClient sqs, int port, String name, Map<QueueAttributeName, String> attributes) {
        var all = new java.util.HashMap<>(attributes);
        all.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, DAYS_14);
        return sqs.createQueue(request -> request.queueName(name).attributes(all)).queueUrl()
                .replace(":" + NO_PORT + "/", ":" + port + "/");
    }
}
