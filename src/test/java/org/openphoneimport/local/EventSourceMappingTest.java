package org.openphoneimport.local;

import java.time.Duration;
import java.util.Locale;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.media.MediaConfig;
import org.openphoneimport.run.ImportConfig;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

import software.amazon.awssdk.services.sqs.SqsClient;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventSourceMappingTest {

    /** It would wait for ever, and the run with it. */
    @ParameterizedTest
    @ValueSource(strings = { "import", "media" })
    void a_queue_without_workers_is_refused(String queue) {
        var config = new SmallRyeConfigBuilder().withMapping(ImportConfig.class).withMapping(MediaConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue(queue + ".workers", "0").build();

        assertThatThrownBy(() -> new EventSourceMapping(new NoQueue(), config.getConfigMapping(ImportConfig.class),
                config.getConfigMapping(MediaConfig.class), new LocalFunctions(Duration.ofSeconds(1))))
                .hasMessage(queue.toUpperCase(Locale.ROOT) + "_WORKERS must be 1 or more, not 0");
    }

    private static final class NoQueue implements SqsClient {

        @Override
        public String serviceName() {
            return "none";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
