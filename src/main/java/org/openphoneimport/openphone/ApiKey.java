package org.openphoneimport.openphone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.secret.Secrets;

/** The key of the workspace. It stands in no log, page, error or metric: its hash does. */
@ApplicationScoped
public class ApiKey {

    private final OpenPhoneConfig config;
    private final Secrets secrets;

    ApiKey(OpenPhoneConfig config, Secrets secrets) {
        this.config = config;
        this.secrets = secrets;
    }

    /** Whether one is configured. */
    public boolean isSet() {
        return !value().isEmpty();
    }

    /** SHA-256 in hexadecimal; names the key without telling it. */
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    String value() {
        return config.apiKey().map(String::strip).filter(key -> !key.isEmpty())
                .or(() -> config.apiKeySecret().map(secrets::value)).orElse("");
    }
}
