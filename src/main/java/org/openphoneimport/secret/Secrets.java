package org.openphoneimport.secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets as they stand in AWS Secrets Manager. They are rotated there at any time, so nothing read here is kept for long. */
@ApplicationScoped
public class Secrets {

    private static final Logger LOG = Logger.getLogger(Secrets.class);

    // How long a rotated key may still be used; OpenPhone lets an old one live for longer.
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private @Nullable SecretsManagerClient client;

    public Secrets(Clock clock) {
        this.clock = clock;
    }

    private record Known(String value, Instant readAt) {
    }

    /**
     * A secret's value, at most a minute old; an older one if Secrets Manager does not answer.
     *
     * @param secret its name or ARN
     * @return empty when it has no value yet
     */
    public String value(String secret) {
        var last = known.get(secret);
        if (last != null && last.readAt().plus(FRESH).isAfter(clock.instant())) {
            return last.value();
        }
        try {
            return currentValue(secret);
        } catch (SdkException e) {
            if (last == null) {
                throw e;
            }
            LOG.warnf("Failed to read secret %s, its last value is used: %s", secret, e.getMessage());
            return last.value();
        }
    }

    /** Forgets all values: a snapshot is no place for them. */
    public void forget() {
        known.clear();
    }

    /** A secret's value at this moment. */
    public String currentValue(String secret) {
        String value;
        try {
            value = client().getSecretValue(request -> request.secretId(secret)).secretString();
        } catch (ResourceNotFoundException e) {
            // What the template has made, not filled in yet.
            LOG.warnf("Secret %s has no value: %s", secret, e.getMessage());
            value = null;
        }
        var text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            // When it is filled in now, the next call should see it.
            known.remove(secret);
        } else {
            known.put(secret, new Known(text, clock.instant()));
        }
        return text;
    }

    /** Made at the first use: on one machine it is never needed. */
    private synchronized SecretsManagerClient client() {
        if (client == null) {
            client = SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
        }
        return client;
    }

    @PreDestroy
    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
