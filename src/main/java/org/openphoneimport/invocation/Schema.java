package org.openphoneimport.invocation;

import jakarta.inject.Singleton;

import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date before a function works. Not when the process starts: AWS starts one when a version is deployed,
 * when the database's secret may still be empty, and keeps a snapshot of it. Two functions that do it at once wait
 * for each other in Postgres.
 */
@Singleton
class Schema {

    private final InvocationConfig config;
    private final Flyway flyway;
    private boolean done;

    Schema(InvocationConfig config, Flyway flyway) {
        this.config = config;
        this.flyway = flyway;
    }

    synchronized void migrateOnce() {
        if (!done && config.migrate()) {
            flyway.migrate();
        }
        done = true;
    }
}
