package org.openphoneimport.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.openphoneimport.status.RefusedException;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/**
 * Who may do what: viewers look, operators press. Stands before every resource, so that none can be forgotten; before that, the
 * paths in {@code application.properties} send people to the login.
 */
@ApplicationScoped
public class Admission {

    /** May see everything. */
    public static final String VIEWER = "viewer";
    /** May change something, too. */
    public static final String OPERATOR = "operator";

    private static final Logger LOG = Logger.getLogger(Admission.class);

    private final SecurityIdentity identity;

    Admission(SecurityIdentity identity) {
        this.identity = identity;
    }

    @ServerRequestFilter
    public void check(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        if (path.equals("/login") || path.equals("/icon.svg")) {
            return;
        }
        if (!identity.hasRole(VIEWER)) {
            throw RefusedException.unknownCaller("Say who you are, by HTTP Basic with a user of PAGE_USERS");
        }
        boolean reads = Origins.READING.contains(request.getMethod()) || path.equals("/logout");
        if (!reads && !identity.hasRole(OPERATOR)) {
            LOG.warnf("%s, a viewer, was refused to change something by %s", Who.of(identity).name(), path);
            throw RefusedException.notAllowed("Only an operator may change something; %s is a viewer, and nothing was changed"
                    .formatted(Who.of(identity).name()));
        }
    }

    static SecurityIdentity identity(PageUser user, PagePrincipal principal) {
        var identity = QuarkusSecurityIdentity.builder().setPrincipal(principal).addRole(VIEWER);
        return (user.isOperator() ? identity.addRole(OPERATOR) : identity).build();
    }
}
