package org.openphoneimport.local;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownEvent;

/**
 * When the process stops, functions are interrupted wherever they are: their transactions are rolled back, and they go on after
 * the next start. What the database's drivers say of that, in pages, would frighten an operator who pressed Ctrl-C. So
 * would what Vert.x says of requests to the sample workspace, which ends before Vert.x does.
 */
@ApplicationScoped
class QuietStop {

    private static final int FIRST = 1;

    /** Held, since a logger that nothing refers to forgets its level. */
    private static final List<Logger> LOUD = List.of(Logger.getLogger("com.arjuna"), Logger.getLogger("org.hibernate"),
            Logger.getLogger("io.agroal.pool"), Logger.getLogger("io.quarkus.vertx.core"));

    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        LOUD.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
