package org.openphoneimport.local.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;

import static org.assertj.core.api.Assertions.assertThat;

@BesideOthers
class SampleRateLimitTest {

    private static final SampleSettings SETTINGS = SampleSettings.defaults().withConversations(20);

    @Test
    @Landing
    void at_most_ten_requests_are_granted_in_any_second_and_refusals_cost_nothing() {
        try (var server = SampleServer.start(SETTINGS); var client = new SampleClient(server)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 12; i++) {
                    threads.execute(() -> {
                        long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
                        while (System.nanoTime() < end) {
                            client.get("/v1/phone-numbers/none");
                        }
                    });
                }
            }
            assertThat(server.requests().count(request -> request.status() != 429)).isGreaterThanOrEqualTo(20);
            assertThat(server.requests().busiestSecond(request -> request.status() != 429)).isEqualTo(10);
            assertThat(server.requests().busiestSecond()).isGreaterThan(20);
        }
    }

    @Test
    void every_answer_says_what_is_left_and_a_429_says_it_in_json() {
        try (var server = SampleServer.start(SETTINGS.withRate(0.2)); var client = new SampleClient(server)) {
            var first = client.get("/v1/nowhere");
            assertThat(first.headers().firstValue("ratelimit-policy")).contains("\"per-second\"; q=1; w=5");
            assertThat(first.headers().firstValue("ratelimit")).contains("\"per-second\"; r=0; t=5");
            var refused = client.get("/v1/phone-numbers");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("ratelimit").orElse("")).matches("\"per-second\"; r=0; t=[1-5]");
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("\"status\":429");
            assertThat(server.requests().countStatus(429)).isEqualTo(1);
            assertThat(server.requests().count("/v1/phone-numbers")).isEqualTo(1);
        }
    }

    @Test
    void without_a_limit_nothing_is_refused_and_no_header_speaks_of_one() {
        try (var server = SampleServer.start(SETTINGS.withRate(0)); var client = new SampleClient(server)) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.get("/v1/phone-numbers").headers().firstValue("ratelimit")).isEmpty();
            }
            assertThat(server.requests().countStatus(200)).isEqualTo(50);
            server.requests().reset();
            assertThat(server.requests().count()).isZero();
        }
    }
}
