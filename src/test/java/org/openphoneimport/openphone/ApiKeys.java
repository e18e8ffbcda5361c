package org.openphoneimport.openphone;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.openphoneimport.secret.Secrets;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Keys that an application could be configured with. */
public final class ApiKeys {

    private ApiKeys() {
    }

    /** What there is where nobody has set one. */
    public static ApiKey none() {
        return of(config(Map.of()));
    }

    static ApiKey of(OpenPhoneConfig config) {
        return new ApiKey(config, new Secrets(Clock.systemUTC()));
    }

    static OpenPhoneConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().withMapping(OpenPhoneConfig.class)
                .withConverter(Duration.class, 1000, new DurationConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 1000))
                .build().getConfigMapping(OpenPhoneConfig.class);
    }
}
