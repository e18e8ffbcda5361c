package org.openphoneimport.openphone;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

/**
 * OpenPhone for a person who waits: what has been sent is answered soon, or given up. The time counts from there, since a
 * process that has just started on a slow processor takes seconds to get that far, for which OpenPhone is not to blame.
 */
@ApplicationScoped
class PromptApi {

    private static final Duration FOR_AN_ANSWER = Duration.ofSeconds(3);
    private static final Duration FOR_A_CONNECTION = Duration.ofSeconds(3);
    // TLS is counted with the connection, and is what takes longest on such a processor.
    private static final Duration FOR_A_CONNECTION_WITH_TLS = Duration.ofSeconds(10);

    private final OpenPhoneApi api;

    PromptApi(@ConfigProperty(name = "quarkus.rest-client.openphone.url") URI url,
            @ConfigProperty(name = "quarkus.rest-client.openphone.user-agent") String userAgent) {
        this.api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .userAgent(userAgent)
                .connectTimeout(FOR_A_CONNECTION.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(FOR_A_CONNECTION_WITH_TLS.toMillis(), TimeUnit.MILLISECONDS)
                .httpClientRequestCustomizer(connected -> connected.idleTimeout(FOR_AN_ANSWER.toMillis()))
                .build(OpenPhoneApi.class);
    }

    OpenPhoneApi api() {
        return api;
    }
}
