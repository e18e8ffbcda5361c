package org.openphoneimport.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;

import org.jboss.logging.Logger;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;

/** Which sessions were ended by signing out; all others end with their cookie. */
@ApplicationScoped
public class Sessions {

    private static final Logger LOG = Logger.getLogger(Sessions.class);

    private final EntityManager entityManager;

    Sessions(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Signs a user out: the session ends for all who have its cookie. What is older than any cookie is forgotten. */
    public void end(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof PagePrincipal principal) {
            end(principal.session());
            LOG.infof("%s signed out", principal.user());
        }
    }

    private void end(String session) {
        QuarkusTransaction.requiringNew().run(() -> {
            entityManager.createNativeQuery("""
                    INSERT INTO ended_sessions (session_id) VALUES (:session) ON CONFLICT DO NOTHING
                    """).setParameter("session", session).executeUpdate();
            entityManager.createNativeQuery("""
                    DELETE FROM ended_sessions WHERE ended_at < clock_timestamp() - interval '2 days'
                    """).executeUpdate();
        });
    }

    /** Whether a session goes on. Without the database it does: there is nothing to see then but that. */
    boolean goesOn(String session) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                    SELECT 1 FROM ended_sessions WHERE session_id = :session
                    """).setParameter("session", session).getResultList().isEmpty());
        } catch (PersistenceException e) {
            LOG.warnf("Failed to ask whether a session was ended: %s", e.getMessage());
            return true;
        }
    }
}
