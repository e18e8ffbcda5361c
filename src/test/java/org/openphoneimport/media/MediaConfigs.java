package org.openphoneimport.media;

import java.time.Duration;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The configuration of files as it is by default, but for some settings. */
final class MediaConfigs {

    private MediaConfigs() {
    }

    static MediaConfig with(String... namesAndValues) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(MediaConfig.class);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.withDefaultValue("media." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build().getConfigMapping(MediaConfig.class);
    }
}
