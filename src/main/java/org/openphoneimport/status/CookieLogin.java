package org.openphoneimport.status;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.smallrye.mutiny.Uni;

/** Lets in by the cookie of an earlier login, which Quarkus has decrypted; whoever is no user any more is out at once. */
@ApplicationScoped
class CookieLogin implements IdentityProvider<TrustedAuthenticationRequest> {

    private final Users users;

    CookieLogin(Users users) {
        this.users = users;
    }

    @Override
    public Class<TrustedAuthenticationRequest> getRequestType() {
        return TrustedAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(TrustedAuthenticationRequest request, AuthenticationRequestContext context) {
        return Uni.createFrom().item(() -> users.find(request.getPrincipal()).map(Admission::identity)
                .orElseThrow(AuthenticationFailedException::new));
    }
}
