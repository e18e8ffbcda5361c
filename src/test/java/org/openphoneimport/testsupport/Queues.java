package org.openphoneimport.testsupport;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The tests' SQS server, looked at from outside of the application. */
public final class Queues {

    private final Map<String, String> settings;
    private final SqsClient sqs;

    /** @param settings those of the application that lead to the server and its queues */
    public Queues(Map<String, String> settings) {
        this.settings = settings;
        this.sqs = SqsClient.builder()
                .endpointOverride(URI.create(setting("quarkus.sqs.endpoint-override")))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** To do with the queues whatever a test needs. */
    public SqsClient sqs() {
        return sqs;
    }

    /** Where batches travel. */
    public String importUrl() {
        return setting("import.queue-url");
    }

    /** Where records end that could not be handled. */
    public String importDeadLettersUrl() {
        return setting("import.dlq-url");
    }

    /** Where files to be downloaded travel. */
    public String mediaUrl() {
        return setting("media.queue-url");
    }

    /** Where records end that could not be handled. */
    public String mediaDeadLettersUrl() {
        return setting("media.dlq-url");
    }

    /** Records on a queue: those that can be received, those that a worker has and those that are delayed. */
    public int size(String queueUrl) {
        return sqs.getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
                .attributes().entrySet().stream()
                .filter(attribute -> attribute.getKey().name().startsWith("APPROXIMATE_NUMBER_OF_MESSAGES"))
                .mapToInt(attribute -> Integer.parseInt(attribute.getValue())).sum();
    }

    /** Forgets all records. */
    public void empty() {
        List.of("import.queue-url", "import.dlq-url", "media.queue-url", "media.dlq-url")
                .forEach(queue -> sqs.purgeQueue(request -> request.queueUrl(setting(queue))));
    }

    private String setting(String name) {
        return Objects.requireNonNull(settings.get(name), name);
    }
}
