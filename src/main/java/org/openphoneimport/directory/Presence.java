package org.openphoneimport.directory;

import java.util.List;
import java.util.UUID;

import org.openphoneimport.document.Document;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * Which rows of the directory OpenPhone listed last, and what they said. Nothing is ever deleted: what it lists no more is
 * marked.
 */
public final class Presence {

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

    /**
     * Those documents whose rows no list of a run has brought yet.
     *
     * @param table one of the directory's own
     */
    public static <T extends Document> List<T> unlisted(String table, List<T> documents, UUID run) {
        List<?> listed = Panache.getEntityManager()
                .createNativeQuery("SELECT id FROM %s WHERE id = ANY(:ids) AND last_run_id = :run".formatted(table),
                        String.class)
                .setParameter("ids", documents.stream().map(Document::id).toArray(String[]::new))
                .setParameter("run", run)
                .getResultList();
        return documents.stream().filter(document -> !listed.contains(document.id())).toList();
    }

    /** Where one API alone was to be asked, what the other may have brought is not gone. */
    static void noteAbsent(String table, UUID run) {
        Panache.getEntityManager().createNativeQuery("""
                UPDATE %s AS stored SET absent_since = clock_timestamp() FROM import_runs AS ours
                WHERE ours.id = :run AND stored.last_run_id IS DISTINCT FROM ours.id AND stored.absent_since IS NULL
                    AND (ours.witness IS NOT NULL OR NOT EXISTS (SELECT FROM import_runs AS before
                        WHERE before.id = stored.last_run_id AND (before.witness IS NOT NULL OR before.api <> ours.api)))
                """.formatted(table))
                .setParameter("run", run)
                .executeUpdate();
    }
}
