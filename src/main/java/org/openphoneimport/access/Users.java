package org.openphoneimport.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.openphoneimport.secret.Secrets;

import io.quarkus.runtime.StartupEvent;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import software.amazon.awssdk.core.exception.SdkException;

/** Who may sign in. With no user configured no one may. */
@ApplicationScoped
public class Users {

    private static final Logger LOG = Logger.getLogger(Users.class);

    // Of no password, without its cost. A name that does not exist is compared with it, so that the time of an answer does not tell
    // which names do.
    private static final String NO_USER = "7EqJtq98hPqEX7fNZaFWoOa5nC1nrcuC1DyzSCXhQaGpCzg0ScNFy";

    private static final int USUAL_COST = 10;

    // Bcrypt takes 72 bytes; htpasswd drops the rest as well.
    private static final BCrypt.Verifyer VERIFIER = BCrypt.verifyer(null,
            LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y));

    private final Map<String, PageUser> configured;
    private final Optional<String> secret;
    private final Secrets secrets;

    Users(AccessConfig config, Secrets secrets) {
        this.configured = byName(config.users().orElse(List.of()).stream());
        this.secret = config.usersSecret().filter(name -> !name.isBlank());
        this.secrets = secrets;
    }

    /** A mistake in the configuration is told at the start, not to the first who wants in. */
    void check(@Observes StartupEvent event) {
        // That this bean was made is the check.
    }

    /** Whether no user is configured. */
    public boolean isEmpty() {
        return all().isEmpty();
    }

    /** The user of a name, whatever the password. */
    Optional<PageUser> find(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /** The user of a name and a password. Takes a tenth of a second, on purpose. */
    Optional<PageUser> find(String name, char[] password) {
        var user = find(name);
        boolean right = VERIFIER.verify(password,
                user.map(PageUser::hash).orElseGet(() -> stranger(name)).toCharArray()).verified;
        return right ? user : Optional.empty();
    }

    /** Costs what a user's costs; where they differ, always the same one's for the same name. */
    private String stranger(String name) {
        var costs = all().values().stream().map(PageUser::cost).sorted().toList();
        int cost = costs.isEmpty() ? USUAL_COST : costs.get(Math.floorMod(name.hashCode(), costs.size()));
        return "$2a$%02d$%s".formatted(cost, NO_USER);
    }

    private Map<String, PageUser> all() {
        return secret.map(this::read).orElse(configured);
    }

    /** A secret that cannot be read or understood lets no one in. */
    private Map<String, PageUser> read(String name) {
        try {
            return byName(Stream.of(secrets.value(name).split("[,\n]")).filter(line -> !line.isBlank()));
        } catch (SdkException | IllegalArgumentException | IllegalStateException e) {
            LOG.errorf("No one can sign in by secret %s: %s", name, e.getMessage());
            return Map.of();
        }
    }

    private static Map<String, PageUser> byName(Stream<String> lines) {
        return lines.map(PageUser::read).collect(Collectors.toUnmodifiableMap(PageUser::name, Function.identity()));
    }
}
