package org.openphoneimport.secret;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What cookies are encrypted with, from the secret that {@code PAGE_KEY_SECRET} names: Quarkus reads it when the application
 * starts, so it cannot be asked for later. Only status-page is given such a name.
 */
public class SecretConfigSourceFactory implements ConfigSourceFactory {

    private static final Logger LOG = Logger.getLogger(SecretConfigSourceFactory.class);

    private static final String SECRET = "page.key-secret";
    private static final String KEY = "quarkus.http.auth.session.encryption-key";

    // Above environment variables.
    private static final int ORDINAL = 350;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var secret = context.getValue(SECRET);
        if (secret == null || secret.getValue() == null || secret.getValue().isBlank()) {
            return List.of();
        }
        try (var client = SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
            var value = client.getSecretValue(request -> request.secretId(secret.getValue())).secretString();
            return List.of(new PropertiesConfigSource(Map.of(KEY, value), "secret of the page", ORDINAL));
        } catch (SdkException e) {
            // Quarkus makes one up: people can sign in, but have to again when another instance answers.
            LOG.warnf("Failed to read secret %s, cookies are good for one instance only: %s", secret.getValue(),
                    e.getMessage());
            return List.of();
        }
    }
}
