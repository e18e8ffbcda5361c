package org.openphoneimport.openphone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

/** The key of the workspace. It stands in no log, page, error or metric: its hash does. */
@ApplicationScoped
public class ApiKey {

    private final Optional<String> value;

    ApiKey(OpenPhoneConfig config) {
        this.value = config.apiKey().map(String::strip).filter(key -> !key.isEmpty());
    }

    /** Whether one is configured. */
    public boolean isSet() {
        return value.isPresent();
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
        return value.orElse("");
    }
}
