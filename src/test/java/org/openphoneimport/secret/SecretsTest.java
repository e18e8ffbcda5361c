package org.openphoneimport.secret;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.AwsEndpoint;
import org.openphoneimport.testsupport.Landing;

import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretsTest {

    private static final String KEY = "arn:aws:secretsmanager:us-east-1:000000000000:secret:key";

    private final Ticking clock = new Ticking();
    private final Secrets secrets = new Secrets(clock);
    private AwsEndpoint aws;

    @BeforeEach
    void start() throws IOException {
        aws = AwsEndpoint.start();
        settings().forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        settings().keySet().forEach(System::clearProperty);
        secrets.close();
        aws.close();
    }

    @Test
    void a_key_that_was_rotated_is_used_a_minute_later() {
        aws.put(KEY, " first\n");
        assertThat(secrets.value(KEY)).isEqualTo("first");

        aws.put(KEY, "second");

        assertThat(secrets.value(KEY)).isEqualTo("first");
        clock.now = clock.now.plusSeconds(61);
        assertThat(secrets.value(KEY)).isEqualTo("second");
    }

    @Test
    @Landing
    void the_last_value_serves_while_secrets_manager_does_not_answer() {
        aws.put(KEY, "first");
        assertThat(secrets.value(KEY)).isEqualTo("first");

        aws.failSecrets(true);
        clock.now = clock.now.plus(Duration.ofHours(1));

        assertThat(secrets.value(KEY)).isEqualTo("first");
    }

    @Test
    void a_secret_that_nobody_has_filled_in_is_empty() {
        assertThat(secrets.value(KEY)).isEmpty();
    }

    @Test
    void a_secret_that_is_filled_in_is_used_at_once() {
        assertThat(secrets.value(KEY)).isEmpty();

        aws.put(KEY, "first");

        assertThat(secrets.value(KEY)).isEqualTo("first");
    }

    @Test
    void what_is_lacking_is_told_by_its_name_until_nothing_is() {
        var required = new RequiredSecrets(secrets, Optional.of("database"), Optional.of(KEY));
        assertThat(required.lacking().orElseThrow()).contains("Secret database has no value yet", "Secret " + KEY);

        aws.put("database", "{}");
        assertThat(required.lacking().orElseThrow()).doesNotContain("Secret database").contains("Secret " + KEY);

        aws.put(KEY, "key");
        assertThat(required.lacking()).isEmpty();
        assertThat(new RequiredSecrets(secrets, Optional.empty(), Optional.empty()).lacking()).isEmpty();
    }

    @Test
    void a_snapshot_takes_no_secret_along() {
        aws.put(KEY, "first");
        assertThat(secrets.value(KEY)).isEqualTo("first");

        secrets.forget();
        aws.put(KEY, "second");

        assertThat(secrets.value(KEY)).isEqualTo("second");
    }

    @Test
    void each_connection_asks_for_the_password_anew() {
        var credentials = new DatabaseCredentials(secrets, new ObjectMapper());
        aws.put(KEY, "{\"username\":\"importer\",\"password\":\"first\",\"engine\":\"postgres\"}");
        assertThat(credentials.getCredentials(KEY)).isEqualTo(Map.of("user", "importer", "password", "first"));

        aws.put(KEY, "{\"username\":\"importer\",\"password\":\"second\"}");

        assertThat(credentials.getCredentials(KEY)).containsEntry("password", "second");
    }

    @Test
    void a_database_secret_of_another_shape_is_refused_without_being_told() {
        var credentials = new DatabaseCredentials(secrets, new ObjectMapper());
        aws.put(KEY, "hunter2");

        assertThatThrownBy(() -> credentials.getCredentials(KEY)).hasMessageContaining(KEY)
                .hasMessageNotContaining("hunter2").hasNoCause();
    }

    private Map<String, String> settings() {
        return Map.of("aws.endpointUrl", aws.address(), "aws.region", "us-east-1", "aws.accessKeyId", "local",
                "aws.secretAccessKey", "local");
    }

    private static final class Ticking extends Clock {

        private Instant now = Instant.parse("2026-11-26T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
