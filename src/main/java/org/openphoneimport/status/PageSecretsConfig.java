package org.openphoneimport.status;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Where Secrets Manager keeps what the page must not show. */
@ConfigMapping(prefix = "page")
public interface PageSecretsConfig {

    /**
     * The secret in Secrets Manager that holds the users of {@link PageConfig#users()} instead, a line each; read again each
     * minute, so who is taken off it
     * is
     * out by then. Set as {@code PAGE_USERS_SECRET}.
     */
    Optional<String> usersSecret();

    /**
     * The secret that holds what cookies are encrypted with, instead of {@code QUARKUS_HTTP_AUTH_SESSION_ENCRYPTION_KEY}. Set
     * as
     * {@code PAGE_KEY_SECRET}; read at the start only.
     */
    Optional<String> keySecret();
}
