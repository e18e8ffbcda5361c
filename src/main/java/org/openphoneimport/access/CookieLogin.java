package org.openphoneimport.access;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.smallrye.mutiny.Uni;

/**
 * Lets in by the cookie of an earlier login, which Quarkus has decrypted. With the user, their password, or their session
 * gone it is worth nothing.
 */
@ApplicationScoped
class CookieLogin implements IdentityProvider<TrustedAuthenticationRequest> {

    private final Users users;
    private final Sessions sessions;

    CookieLogin(Users users, Sessions sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    @Override
    public Class<TrustedAuthenticationRequest> getRequestType() {
        return TrustedAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(TrustedAuthenticationRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> PagePrincipal.read(request.getPrincipal()).flatMap(this::find)
                .orElseThrow(AuthenticationFailedException::new));
    }

    private Optional<SecurityIdentity> find(PagePrincipal principal) {
        return users.find(principal.user()).filter(principal::isOf).filter(user -> sessions.goesOn(principal.session()))
                .map(user -> Admission.identity(user, principal));
    }
}
