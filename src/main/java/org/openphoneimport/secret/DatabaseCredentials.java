package org.openphoneimport.secret;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.credentials.CredentialsProvider;

/**
 * User and password of the database, asked for anew for each connection: a password that is rotated costs no connection that
 * stands, and the next one is made with the new password.
 */
@ApplicationScoped
public class DatabaseCredentials implements CredentialsProvider {

    private final Secrets secrets;
    private final ObjectMapper mapper;

    DatabaseCredentials(Secrets secrets, ObjectMapper mapper) {
        this.secrets = secrets;
        this.mapper = mapper;
    }

    /** @param secret holds {@code {"username":"...","password":"..."}}, as RDS writes it */
    @Override
    public Map<String, String> getCredentials(String secret) {
        var value = secrets.currentValue(secret);
        try {
            var document = mapper.readTree(value);
            if (document.path("username").isTextual() && document.path("password").isTextual()) {
                return Map.of(USER_PROPERTY_NAME, document.get("username").textValue(),
                        PASSWORD_PROPERTY_NAME, document.get("password").textValue());
            }
        } catch (JsonProcessingException e) {
            // Said below, without the cause: it would quote the secret.
        }
        throw new IllegalStateException(
                "Secret " + secret + " must hold {\"username\":\"...\",\"password\":\"...\"} of the database");
    }
}
