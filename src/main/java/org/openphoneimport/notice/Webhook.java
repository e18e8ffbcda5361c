package org.openphoneimport.notice;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Posts notices as signed JSON. Redirects are not followed: a post is signed for one receiver. */
@ApplicationScoped
non-sealed class Webhook implements Channel {

    private static final int OK = 200;
    private static final int ABOVE_OK = 300;

    private final WebhookSettings settings;
    private final NotifyConfig config;
    private final ObjectMapper mapper;
    private final Clock clock;

    Webhook(WebhookSettings settings, NotifyConfig config, ObjectMapper mapper, Clock clock) {
        this.settings = settings;
        this.config = config;
        this.mapper = mapper;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    /** Without the path, which may be a secret. */
    @Override
    public Optional<String> target() {
        return settings.read().map(webhook -> {
            try {
                var address = webhook.address();
                return address.getScheme() + "://" + address.getHost()
                        + (address.getPort() == -1 ? "" : ":" + address.getPort());
            } catch (NotSentException e) {
                return "an unusable address";
            }
        });
    }

    @Override
    public Optional<String> obstacle() {
        return settings.read().flatMap(webhook -> {
            try {
                webhook.address();
                webhook.signature();
                return Optional.empty();
            } catch (NotSentException e) {
                return Optional.ofNullable(e.getMessage());
            }
        });
    }

    @Override
    public void send(Letter letter) throws NotSentException {
        var webhook = settings.read().orElseThrow(() -> new NotSentException("No webhook is configured"));
        int status = post(webhook.address(), webhook.signature(), letter);
        if (status < OK || status >= ABOVE_OK) {
            throw new NotSentException("The receiver answered " + status);
        }
    }

    /** Made for the one call: a client keeps threads and connections, and this is needed some times a day. */
    private int post(URI address, Signature signature, Letter letter) throws NotSentException {
        var body = json(letter);
        var now = clock.instant();
        var request = HttpRequest.newBuilder(address).timeout(config.timeout())
                .header("Content-Type", "application/json").header("User-Agent", "openphone-import")
                .header("webhook-id", letter.id().toString())
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", signature.of(letter.id(), now, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(config.timeout()).build();
        try {
            // The answer's body is nothing to us, and may never end.
            return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                    .get(config.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException e) {
            throw new NotSentException("The receiver did not answer within " + config.timeout().toSeconds() + " s");
        } catch (ExecutionException e) {
            // The rest of it could tell the address.
            var cause = e.getCause() == null ? e : e.getCause();
            throw new NotSentException("The receiver cannot be reached (" + cause.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException("The post was interrupted");
        } finally {
            client.shutdownNow();
        }
    }

    private byte[] json(Letter letter) {
        try {
            return mapper.writeValueAsBytes(letter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Failed to write notice " + letter.id() + ": " + e.getOriginalMessage(), e);
        }
    }
}
