package org.openphoneimport.testsupport;

import jakarta.enterprise.inject.spi.CDI;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;

/** The application's migrations, on databases that a test has to itself. */
public final class Migrations {

    /** The last version of those that new databases skip. */
    public static final String LAST_BEFORE = "45";

    private Migrations() {
    }

    /** Brings any database up to date, as the application does. */
    public static Flyway all(String url) {
        return Flyway.configure().configuration(CDI.current().select(Flyway.class).get().getConfiguration())
                .dataSource(url, "postgres", "postgres").load();
    }

    /** Brings an empty database to where an earlier release left it, up to {@link #LAST_BEFORE}. */
    public static Flyway before(String url, String version) {
        return Flyway.configure().dataSource(url, "postgres", "postgres").locations("classpath:db/before")
                .target(MigrationVersion.fromVersion(version)).load();
    }
}
