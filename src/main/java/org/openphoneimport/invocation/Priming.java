package org.openphoneimport.invocation;

import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;

/**
 * Does once what each copy of a snapshot would have to do first: the way to the database and back. AWS takes the snapshot when
 * the application has started (SnapStart); no connection may be in it, since all copies would think it theirs.
 */
@ApplicationScoped
class Priming {

    private static final Logger LOG = Logger.getLogger(Priming.class);

    private final Optional<String> initialization;
    private final EntityManager entityManager;
    private final AgroalDataSource connections;

    Priming(@ConfigProperty(name = "aws.lambda.initialization-type") Optional<String> initialization,
            EntityManager entityManager, AgroalDataSource connections) {
        this.initialization = initialization;
        this.entityManager = entityManager;
        this.connections = connections;
    }

    void prime(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
        if (initialization.filter("snap-start"::equals).isEmpty()) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> entityManager.createNativeQuery("SELECT 1").getSingleResult());
            LOG.info("Asked the database once before the snapshot");
        } catch (RuntimeException e) {
            // At the first deployment nobody has filled in its secret yet.
            LOG.infof("The snapshot is taken without the database, which does not answer: %s", e.getMessage());
        } finally {
            connections.flush(AgroalDataSource.FlushMode.ALL);
        }
    }
}
