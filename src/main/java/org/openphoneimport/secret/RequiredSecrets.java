package org.openphoneimport.secret;

import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The secrets without which nothing can be imported, where they are kept in Secrets Manager. */
@ApplicationScoped
public class RequiredSecrets {

    private final Secrets secrets;
    private final Optional<String> database;
    private final Optional<String> key;
    private volatile boolean complete;

    RequiredSecrets(Secrets secrets, @ConfigProperty(name = "database.secret") Optional<String> database,
            @ConfigProperty(name = "openphone.api-key-secret") Optional<String> key) {
        this.secrets = secrets;
        this.database = database;
        this.key = key;
    }

    /** A sentence that names those that are still to be filled in; empty when there are none. Asked until all are there. */
    public Optional<String> lacking() {
        if (complete) {
            return Optional.empty();
        }
        var lacking = Stream.of(
                database.filter(this::isEmpty).map(name -> "Secret " + name
                        + " has no value yet: put {\"username\":\"...\",\"password\":\"...\"} of the database into it"),
                key.filter(this::isEmpty).map(name -> "Secret " + name
                        + " has no value yet: put the workspace's API key into it (Workspace Settings, API)"))
                .flatMap(Optional::stream).reduce((one, other) -> one + ". " + other);
        complete = lacking.isEmpty();
        return lacking;
    }

    private boolean isEmpty(String secret) {
        return !secret.isBlank() && secrets.value(secret).isEmpty();
    }
}
