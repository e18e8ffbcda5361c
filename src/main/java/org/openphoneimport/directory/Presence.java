package org.openphoneimport.directory;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.openphoneimport.document.Document;
import org.openphoneimport.openphone.Generation;

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

    /**
     * Notes that an API has listed rows.
     *
     * @param table users, contacts or tasks, which both APIs list
     */
    public static void noteListed(String table, List<? extends Document> documents, Generation by) {
        Panache.getEntityManager().createNativeQuery("""
                UPDATE %s SET listed_by = array_append(listed_by, CAST(:api AS text))
                WHERE id = ANY(:ids) AND :api <> ALL(listed_by)
                """.formatted(table))
                .setParameter("api", by.text())
                .setParameter("ids", documents.stream().map(Document::id).toArray(String[]::new))
                .executeUpdate();
    }

    /** Notes which rows are gone of a list that only one API has. */
    static void noteAbsent(String table, UUID run) {
        Panache.getEntityManager().createNativeQuery("""
                UPDATE %s SET absent_since = clock_timestamp() WHERE last_run_id IS DISTINCT FROM :run AND absent_since IS NULL
                """.formatted(table))
                .setParameter("run", run)
                .executeUpdate();
    }

    /**
     * Notes which rows are gone: those that no list of a run shows, and that one of those who gave theirs has shown before.
     *
     * @param table users, contacts or tasks, which both APIs list
     * @param lists whose lists the run has read to their ends
     */
    public static void noteAbsent(String table, UUID run, Set<Generation> lists) {
        Panache.getEntityManager().createNativeQuery("""
                UPDATE %s SET absent_since = clock_timestamp()
                WHERE last_run_id IS DISTINCT FROM :run AND absent_since IS NULL
                    -- Where it is not known which API has listed it, all have to be asked.
                    AND (listed_by && CAST(:lists AS text[]) OR listed_by = '{}' AND (:all OR last_run_id IS NULL))
                """.formatted(table))
                .setParameter("run", run)
                .setParameter("lists", lists.stream().map(Generation::text).toArray(String[]::new))
                .setParameter("all", lists.size() == Generation.values().length)
                .executeUpdate();
    }
}
