package org.openphoneimport.access;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;

/** Lets in by name and password: the form, and HTTP Basic for scripts. */
@ApplicationScoped
class PasswordLogin implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private static final Logger LOG = Logger.getLogger(PasswordLogin.class);

    private final Users users;
    private final Guesses guesses;

    PasswordLogin(Users users, Guesses guesses) {
        this.users = users;
        this.guesses = guesses;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(UsernamePasswordAuthenticationRequest request,
            AuthenticationRequestContext context) {
        return context.runBlocking(() -> find(request.getUsername(), request.getPassword().getPassword(), byForm(request))
                .map(user -> Admission.identity(user, PagePrincipal.of(user))).orElseThrow(AuthenticationFailedException::new));
    }

    /** Scripts say their name with each request; only what they change is written down. */
    private static boolean byForm(UsernamePasswordAuthenticationRequest request) {
        var context = HttpSecurityUtils.getRoutingContextAttribute(request);
        return context != null && context.normalizedPath().equals("/login");
    }

    private Optional<PageUser> find(String name, char[] password, boolean byForm) {
        if (guesses.mustWait(name)) {
            LOG.warnf("Refused to try a password for %s, after too many wrong ones", described(name));
            return Optional.empty();
        }
        var user = users.find(name, password);
        if (user.isPresent()) {
            guesses.right(name);
            if (byForm) {
                LOG.infof("%s signed in", name);
            }
        } else {
            guesses.wrong(name);
            LOG.warnf("A wrong password was tried for %s", described(name));
        }
        return user;
    }

    /** What is typed as a name may be a password, so only names of users are told. */
    private String described(String name) {
        return users.find(name).map(PageUser::name).orElse("a name that does not exist");
    }
}
