package org.openphoneimport.notice;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.secret.Secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Where notices are posted and what they are signed with, from the configuration or from Secrets Manager. */
@ApplicationScoped
class WebhookSettings {

    private final NotifyConfig config;
    private final Secrets secrets;
    private final ObjectMapper mapper;

    WebhookSettings(NotifyConfig config, Secrets secrets, ObjectMapper mapper) {
        this.config = config;
        this.secrets = secrets;
        this.mapper = mapper;
    }

    /**
     * Both as they are set.
     *
     * @param url empty where none is set
     * @param secret empty where none is set
     */
    record Settings(String url, String secret) {

        /** Where posts go to. */
        URI address() throws NotSentException {
            try {
                var address = URI.create(url);
                if (address.getHost() != null && address.getScheme() != null
                        && address.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
                    return address;
                }
            } catch (IllegalArgumentException e) {
                // Its message would tell the address.
            }
            throw new NotSentException("The webhook's address must be a URL with http or https");
        }

        /** What they are signed with. */
        Signature signature() throws NotSentException {
            if (secret.isBlank()) {
                throw new NotSentException("The webhook has no signing secret (NOTIFY_WEBHOOK_SECRET)");
            }
            return Signature.with(secret);
        }
    }

    /** As they are at this moment; empty when there is no webhook. */
    Optional<Settings> read() {
        return kept().or(() -> config.webhookUrl().map(String::strip).filter(url -> !url.isEmpty())
                .map(url -> new Settings(url, config.webhookSecret().orElse(""))));
    }

    private Optional<Settings> kept() {
        return config.secret().filter(name -> !name.isBlank()).map(secrets::value).filter(value -> !value.isEmpty())
                .map(this::parsed).filter(webhook -> !webhook.url().isEmpty());
    }

    private Settings parsed(String value) {
        try {
            var document = mapper.readTree(value);
            return new Settings(document.path("url").asText().strip(), document.path("secret").asText());
        } catch (JsonProcessingException e) {
            // Its message would tell the secret; an address that is none is told of.
            return new Settings("not JSON", "");
        }
    }
}
