package org.openphoneimport.invocation;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** Functions invoke each other through Lambda's endpoint, which one machine has as well. */
@QuarkusTest
class LambdaFunctionsTest {

    private final Bench bench = Bench.get();

    @Inject
    ObjectMapper mapper;

    @BeforeEach
    void reset() {
        bench.reset();
        settings().forEach(System::setProperty);
    }

    @AfterEach
    void clear() {
        settings().keySet().forEach(System::clearProperty);
    }

    @Test
    void a_function_is_invoked_without_waiting_for_it() {
        functions("start-").invokeLater("run", Map.of("type", "historical"));

        bench.soon().until(() -> bench.database().size("import_runs") == 1);
    }

    @Test
    void a_function_that_is_not_there_fails_nobody() {
        functions("none-").invokeLater("start-run", Map.of());

        assertThat(bench.database().size("import_runs")).isZero();
    }

    private LambdaFunctions functions(String prefix) {
        return new LambdaFunctions(mapper, new SmallRyeConfigBuilder().withMapping(InvocationConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("functions.prefix", prefix,
                        "functions.alias", "live"), "test", 1000))
                .build().getConfigMapping(InvocationConfig.class));
    }

    private Map<String, String> settings() {
        return Map.of("aws.endpointUrlLambda", bench.address().toString(), "aws.region", "us-east-1", "aws.accessKeyId",
                "local",
                "aws.secretAccessKey", "local");
    }
}
