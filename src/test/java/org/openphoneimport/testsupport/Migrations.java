package org.openphoneimport.testsupport;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;

/** Flyway with the application's migrations, for databases that a test has to itself. */
public final class Migrations {

    private static final String[] ALL = { "classpath:db/migration", "classpath:db/before" };

    /** The last version of those that new databases skip. */
    public static final String LAST_BEFORE = "45";

    private Migrations() {
    }

    /** Brings any database up to date. */
    public static Flyway all(String url) {
        return flyway(url, ALL, "latest");
    }

    /** Brings an empty database to where an earlier release left it, up to {@link #LAST_BEFORE}. */
    public static Flyway before(String url, String version) {
        return flyway(url, new String[] { ALL[1] }, version);
    }

    private static Flyway flyway(String url, String[] locations, String version) {
        return Flyway.configure().dataSource(url, "postgres", "postgres").locations(locations)
                .target(MigrationVersion.fromVersion(version)).load();
    }
}
