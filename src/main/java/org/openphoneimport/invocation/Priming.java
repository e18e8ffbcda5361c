package org.openphoneimport.invocation;

import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.openphoneimport.secret.Secrets;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;

/**
 * Does once what each copy of a snapshot would have to do first: the ways to the database, to AWS and to OpenPhone, and back.
 * AWS
 * takes the snapshot when the application has started (SnapStart); no connection may be in it, since all copies would think it
 * theirs, and no secret.
 */
@ApplicationScoped
class Priming {

    private static final Logger LOG = Logger.getLogger(Priming.class);

    private final Optional<String> initialization;
    private final InvocationConfig config;
    private final EntityManager entityManager;
    private final AgroalDataSource connections;
    private final Flyway flyway;
    private final Secrets secrets;
    private final Instance<Primer> primers;

    Priming(@ConfigProperty(name = "aws.lambda.initialization-type") Optional<String> initialization, InvocationConfig config,
            EntityManager entityManager, AgroalDataSource connections, Flyway flyway, Secrets secrets,
            @Any Instance<Primer> primers) {
        this.initialization = initialization;
        this.config = config;
        this.entityManager = entityManager;
        this.connections = connections;
        this.flyway = flyway;
        this.secrets = secrets;
        this.primers = primers;
    }

    void prime(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
        if (initialization.filter("snap-start"::equals).isEmpty()) {
            return;
        }
        try {
            askDatabase();
            primers.forEach(Priming::go);
        } finally {
            connections.flush(AgroalDataSource.FlushMode.ALL);
            secrets.forget();
        }
    }

    private void askDatabase() {
        try {
            QuarkusTransaction.requiringNew().run(() -> entityManager.createNativeQuery("SELECT 1").getSingleResult());
            if (config.migrate()) {
                flyway.info();
            }
            LOG.info("Asked the database once before the snapshot");
        } catch (RuntimeException e) {
            // At the first deployment its secret may still be empty.
            LOG.infof("The snapshot is taken without the database, which does not answer: %s", e.getMessage());
        }
    }

    private static void go(Primer primer) {
        try {
            primer.prime();
        } catch (RuntimeException e) {
            LOG.infof("The snapshot is taken without a way that leads nowhere yet: %s", e.getMessage());
        }
    }
}
