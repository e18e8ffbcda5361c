package org.openphoneimport.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/**
 * On one machine there is no sign-in: a person who reaches the page sits at it, since it listens on this machine only. With
 * users configured they sign in here, too.
 */
@ApplicationScoped
public class OpenDoor implements SecurityIdentityAugmentor {

    private final boolean open;

    OpenDoor(@ConfigProperty(name = "page.users") Optional<List<String>> users,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.open = users.isEmpty();
        if (open && !isThisMachine(host)) {
            throw new IllegalStateException(("The page would be open to everybody who reaches %s. List users in PAGE_USERS, "
                    + "or leave QUARKUS_HTTP_HOST at 127.0.0.1").formatted(host));
        }
    }

    /** Stops the start, not the first request. */
    void check(@Observes StartupEvent event) {
        // That this bean was made is the check.
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(!open || !identity.isAnonymous() ? identity
                : QuarkusSecurityIdentity.builder(identity).addRoles(Set.of("viewer", "operator")).build());
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
