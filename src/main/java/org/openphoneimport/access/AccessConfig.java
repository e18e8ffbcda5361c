package org.openphoneimport.access;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Who may reach the page, and by which names. */
@ConfigMapping(prefix = "page")
public interface AccessConfig {

    /**
     * Host names by which the page may be asked for, beside those of this machine. A name that is not listed is refused, since
     * a foreign site can have any name of its own resolve to this address. {@code *.example.com} is any one name below it, for
     * names that are not known before the page stands.
     */
    Optional<List<String>> hosts();

    /**
     * Who may sign in, each as {@code name:hash:role}: a line of {@code htpasswd -nBC 10} and {@code viewer} or
     * {@code operator}. Set as {@code PAGE_USERS}, with commas between them. A higher cost of bcrypt makes guessing slower, and
     * each HTTP Basic request, too; with the same cost for all an answer's time does not tell which names there are.
     */
    Optional<List<String>> users();

    /**
     * The secret in Secrets Manager that holds the users of {@link #users()} instead, a line each; read again each minute, so
     * who is taken off it is out by then. Set as {@code PAGE_USERS_SECRET}.
     */
    Optional<String> usersSecret();

    /**
     * The secret that holds what cookies are encrypted with, instead of {@code QUARKUS_HTTP_AUTH_SESSION_ENCRYPTION_KEY}. Set
     * as {@code PAGE_KEY_SECRET}; read at the start only.
     */
    Optional<String> keySecret();
}
