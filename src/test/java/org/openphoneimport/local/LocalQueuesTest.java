package org.openphoneimport.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Queues;

import static org.assertj.core.api.Assertions.assertThat;

/** A page of another site can have a browser send requests to any port of this machine. */
@BesideOthers
class LocalQueuesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalQueues local = LocalQueues.start(Duration.ofMinutes(5));
    private final Queues queues = new Queues(local.settings());

    @Test
    void a_form_of_another_site_purges_no_queue_and_learns_nothing() throws Exception {
        queues.sqs().sendMessage(request -> request.queueUrl(queues.importUrl()).messageBody("work"));

        for (var path : List.of("/", "/import", "/queue/import", "/000000000000/import", "/x/000000000000/import")) {
            for (var action : List.of("PurgeQueue", "ListQueues", "GetQueueUrl&QueueName=import", "DeleteQueue",
                    "SendMessage&MessageBody=forged", "ReceiveMessage", "CreateQueue&QueueName=other")) {
                var answer = post(path, "application/x-www-form-urlencoded", "", "Action=" + action);

                assertThat(answer.statusCode()).as(path + " " + action).isBetween(400, 499);
            }
        }
        assertThat(queues.size(queues.importUrl())).isEqualTo(1);
    }

    /** As a page can that has its own name resolve to this machine. */
    @Test
    void a_page_that_may_set_headers_does_not_get_further() throws Exception {
        queues.sqs().sendMessage(request -> request.queueUrl(queues.importUrl()).messageBody("work"));

        for (var path : List.of("/", "/000000000000/import")) {
            for (var action : List.of("PurgeQueue", "DeleteQueue", "ReceiveMessage")) {
                var answer = post(path, "application/x-amz-json-1.0", "AmazonSQS." + action,
                        "{\"QueueUrl\":\"http://127.0.0.1/000000000000/import\"}");

                assertThat(answer.statusCode()).as(path + " " + action).isBetween(400, 499);
            }
            assertThat(post(path, "application/x-amz-json-1.0", "AmazonSQS.ListQueues", "{}").body()).doesNotContain("import");
        }
        assertThat(queues.size(queues.importUrl())).isEqualTo(1);
    }

    private HttpResponse<String> post(String path, String type, String target, String body)
            throws IOException, InterruptedException {
        var endpoint = URI.create(String.valueOf(local.settings().get("quarkus.sqs.endpoint-override")));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.getPort() + path))
                .header("Content-Type", type).header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!target.isEmpty()) {
            request.header("X-Amz-Target", target);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
