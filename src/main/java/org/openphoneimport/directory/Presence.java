package org.openphoneimport.directory;

import java.util.List;
import java.util.UUID;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * Which rows of the directory OpenPhone listed last, and what they said. Nothing is ever deleted: what it lists no more is
 * marked.
 */
final class Presence {

    private Presence() {
    }

    /** @param table one of the directory's own */
    static void note(String table, List<String> ids, UUID run) {
        Panache.getEntityManager().createNativeQuery("""
                UPDATE %s AS stored SET last_run_id = :run, absent_since = NULL, digest = row_digest(stored)
                WHERE id = ANY(:ids) AND (last_run_id IS DISTINCT FROM :run OR absent_since IS NOT NULL
                    OR digest IS DISTINCT FROM row_digest(stored))
                """.formatted(table))
                .setParameter("run", run)
                .setParameter("ids", ids.toArray(String[]::new))
                .executeUpdate();
    }

    static void noteAbsent(String table, UUID run) {
        Panache.getEntityManager().createNativeQuery("""
                UPDATE %s SET absent_since = clock_timestamp() WHERE last_run_id IS DISTINCT FROM :run AND absent_since IS NULL
                """.formatted(table))
                .setParameter("run", run)
                .executeUpdate();
    }
}
