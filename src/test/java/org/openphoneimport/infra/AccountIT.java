package org.openphoneimport.infra;

import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.Waiting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole stack at work: {@code function.zip} as all of its functions, each with as many processes as the expanded template
 * allows, beside real queues, a real database and an S3 server. {@code ./mvnw -Paws verify} runs this and nothing else, in a
 * quarter of an hour. What it leaves out are AWS's rights: those are read in the template, not tried.
 */
@Tag("aws")
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class AccountIT {

    private static final Duration OUTAGE = Duration.ofMinutes(Long.getLong("aws.outage-minutes", 10));

    @Test
    void an_import_outlives_a_rotated_password_and_ten_minutes_without_a_database() throws Exception {
        try (var deployment = new Deployment(400)) {
            var template = ExpandedTemplate.of("function.zip", Map.of(
                    "DatabaseUrl", deployment.database().url(),
                    "OpenPhoneBaseUrl", deployment.openPhone().baseUrl(),
                    "EventBusArn", "arn:aws:events:us-east-1:123456789012:event-bus/company",
                    // Slow enough for something to happen meanwhile.
                    "OpenPhoneRate", "5",
                    "ImportConcurrency", "2",
                    "MediaConcurrency", "2"));
            try (var account = new Account(deployment, template)) {
                account.open();
                var started = account.invoke("start-run", "{\"type\":\"historical\"}");
                assertThat(started.document().path("started").asBoolean()).as(started.document().toString()).isTrue();

                within(15).until(() -> deployment.database().size("messages") > 100);
                rotate(deployment);
                within(15).until(() -> deployment.database().size("messages") > 300 && connections(deployment, "rotated") > 0);
                assertThat(connections(deployment, "postgres")).isZero();
                // Whether the embedded server is up again is asked as this role.
                deployment.database().execute("ALTER ROLE postgres LOGIN");

                deployment.database().stop();
                Thread.sleep(OUTAGE);
                deployment.database().startAgain();

                within(30).until(() -> "completed".equals(deployment.database().value("SELECT status FROM import_runs")));
                assertEverythingIsHere(deployment);
            }
        }
    }

    private static void rotate(Deployment deployment) {
        deployment.database().execute("CREATE ROLE rotated SUPERUSER LOGIN PASSWORD 'second'");
        deployment.aws().put("DatabaseSecret", "{\"username\":\"rotated\",\"password\":\"second\"}");
        deployment.database().execute("ALTER ROLE postgres NOLOGIN");
        deployment.database().rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'");
    }

    private static void assertEverythingIsHere(Deployment deployment) {
        var database = deployment.database();
        var threads = deployment.openPhone().workspace().threads();
        assertThat(database.ids("conversations")).isEqualTo(new TreeSet<>(threads.conversationIds()));
        assertThat(database.ids("messages")).isEqualTo(new TreeSet<>(threads.messageIds()));
        assertThat(database.size("media")).isPositive();
        assertThat(database.size("media WHERE status <> 'stored'")).isZero();
        assertThat(deployment.bucket().keys()).hasSize((int) database.size("media"));
        assertThat(database.size("import_issues WHERE level = 'error'")).isZero();
        // Nothing was refused for having gone round too often, and nothing given up.
        assertThat(database.size("dead_letters")).isZero();
        assertThat(deployment.queues().size(deployment.queues().importDeadLettersUrl())).isZero();
        assertThat(database.size("workspace_gaps WHERE kind = 'missing'")).isZero();
        // It is sent after the transaction that ends the run.
        within(2).until(() -> deployment.aws().events().size() == 1);
        assertThat(Json.read(deployment.aws().events().getFirst().path("Detail").asText().getBytes(UTF_8))).isNotEmpty();
    }

    private static long connections(Deployment deployment, String user) {
        return deployment.database().count("SELECT count(*) FROM pg_stat_activity WHERE usename = ?", user);
    }

    private static ConditionFactory within(int minutes) {
        return Waiting.await().atMost(Duration.ofMinutes(minutes)).pollInterval(Duration.ofSeconds(1)).ignoreExceptions();
    }
}
