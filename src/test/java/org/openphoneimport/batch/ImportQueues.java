package org.openphoneimport.batch;

import java.time.Duration;
import java.util.Map;

import org.openphoneimport.run.ImportConfig;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import software.amazon.awssdk.services.sqs.SqsClient;

/** Queues that an application could be configured with. */
public final class ImportQueues {

    private ImportQueues() {
    }

    /** What an address leads to, whether there is a queue or not. */
    public static ImportQueue at(String url, SqsClient sqs) {
        var config = new SmallRyeConfigBuilder().withMapping(ImportConfig.class)
                .withConverter(Duration.class, 1000, new DurationConverter())
                .withSources(new PropertiesConfigSource(Map.of("import.queue-url", url), "test", 1000))
                .build().getConfigMapping(ImportConfig.class);
        return new ImportQueue(sqs, config, new ObjectMapper());
    }
}
