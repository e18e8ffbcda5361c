package org.openphoneimport.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;

/** Who may sign in. Without anybody configured nobody may. */
@ApplicationScoped
class Users {

    // Of no password. Whoever does not exist is compared with it, so that the time of an answer does not tell who does.
    private static final String NOBODY = "$2a$10$7EqJtq98hPqEX7fNZaFWoOa5nC1nrcuC1DyzSCXhQaGpCzg0ScNFy";

    // Bcrypt takes 72 bytes; htpasswd drops the rest as well.
    private static final BCrypt.Verifyer VERIFIER = BCrypt.verifyer(null,
            LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y));

    private final Map<String, User> users;

    Users(PageConfig config) {
        this.users = config.users().orElse(List.of()).stream().map(User::read)
                .collect(Collectors.toUnmodifiableMap(User::name, Function.identity()));
    }

    /** A mistake in the configuration is told at the start, not to the first who wants in. */
    void check(@Observes StartupEvent event) {
        // That this bean was made is the check.
    }

    boolean isEmpty() {
        return users.isEmpty();
    }

    /** The user of a name, whatever the password. */
    Optional<User> find(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** The user of a name and a password. Takes a tenth of a second, on purpose. */
    Optional<User> find(String name, char[] password) {
        var user = find(name);
        boolean right = VERIFIER.verify(password, user.map(User::hash).orElse(NOBODY).toCharArray()).verified;
        return right ? user : Optional.empty();
    }
}
