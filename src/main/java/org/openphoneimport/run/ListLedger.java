package org.openphoneimport.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;

/**
 * The part of the {@link Ledger} about lists of the whole workspace: what has been read of each, what OpenPhone refuses, and
 * what is left out on purpose.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class ListLedger {

    private final EntityManager entityManager;

    ListLedger(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** v1 settles a doubt for itself, but does not give all that the lists of the newer API will. */
    void doubt(UUID run, List<String> conversations) {
        entityManager.createNativeQuery("""
                UPDATE list_records AS record SET doubted_at = clock_timestamp()
                FROM import_runs AS run
                WHERE run.id = :run AND run.api = 'v1' AND record.list IN ('messages', 'calls') AND EXISTS (
                    SELECT FROM conversations WHERE id = ANY(:ids)
                        AND coalesce(created_at, '-infinity') < upper(record.read))
                """)
                .setParameter("run", run)
                .setParameter("ids", conversations.toArray(String[]::new))
                .executeUpdate();
    }

    /** A run of the newer API has read its lists from the beginning: what was doubted before it began has been read again. */
    void settleDoubts(UUID run) {
        entityManager.createNativeQuery("""
                UPDATE list_records AS record SET doubted_at = NULL FROM import_runs AS run
                WHERE run.id = :run AND record.doubted_at < run.created_at AND %s
                """.formatted(Ledger.READS_ALL_BY_TIME)).setParameter("run", run).executeUpdate();
    }

    /** OpenPhone refuses to give a list of the directory. */
    public void refuseList(WorkspaceList list, String what) {
        entityManager.createNativeQuery("""
                INSERT INTO list_records (list, read, refused) VALUES (:list, '{}', :what)
                ON CONFLICT (list) DO UPDATE SET refused = excluded.refused
                """).setParameter("list", list.text()).setParameter("what", what).executeUpdate();
    }

    /**
     * A list of the directory is not wanted, or is again.
     *
     * @param why what leaves it out; null when it is wanted
     */
    public void leaveOut(WorkspaceList list, @Nullable String why) {
        entityManager.createNativeQuery("""
                INSERT INTO list_records AS record (list, read, left_out)
                SELECT :list, '{}', CAST(:why AS text) WHERE CAST(:why AS text) IS NOT NULL
                    OR EXISTS (SELECT FROM list_records WHERE list = :list AND left_out IS NOT NULL)
                ON CONFLICT (list) DO UPDATE SET left_out = excluded.left_out
                """).setParameter("list", list.text()).setParameter("why", why).executeUpdate();
    }

    /**
     * Records that a list of the directory has been read to its end, and how many rows there are then.
     *
     * @param table that holds them
     * @param goodFor how long reconciliations take that for read, see {@link #isFresh}
     * @param unconfirmed why only one API gave it although both were to be asked; null where both gave it, or one was to be
     *        asked
     */
    public void addDirectory(UUID run, WorkspaceList list, String table, Duration goodFor, @Nullable String unconfirmed) {
        addList(run, list, null, null);
        entityManager.createNativeQuery("""
                UPDATE list_records SET rows = (SELECT count(digest) FROM %s), good_for = :goodFor * interval '1 second',
                    unconfirmed = CAST(:unconfirmed AS text)
                WHERE list = :list
                """.formatted(table)).setParameter("list", list.text()).setParameter("goodFor", goodFor.toMillis() / 1000.0)
                .setParameter("unconfirmed", unconfirmed).executeUpdate();
    }

    /**
     * Whether an earlier run has read a list of the directory so lately that another need not. One that asks both APIs does not
     * count on one that asked one of them.
     */
    public boolean isFresh(UUID run, WorkspaceList list) {
        return (Boolean) entityManager
                .createNativeQuery(
                        """
                                SELECT EXISTS (SELECT FROM list_records AS record JOIN import_runs AS run ON run.id = :run
                                    WHERE record.list = :list AND refused IS NULL AND left_out IS NULL
                                        AND read_to(record.read) < run.created_at AND read_to(record.read) + good_for >= run.created_at
                                        AND NOT EXISTS (SELECT FROM import_runs AS reader
                                            WHERE reader.created_at = read_to(record.read) AND reader.witness IS NULL
                                                AND run.witness IS NOT NULL))
                                """)
                .setParameter("run", run).setParameter("list", list.text())
                .getSingleResult();
    }

    /** Lists of the directory are to be read again, however lately they were. */
    public void forgetFreshness() {
        entityManager.createNativeQuery("UPDATE list_records SET good_for = NULL WHERE good_for IS NOT NULL").executeUpdate();
    }

    /** What has been read of a list does not count: it was seen to leave out what OpenPhone gives by its id. */
    public void doubt(WorkspaceList list) {
        entityManager.createNativeQuery("UPDATE list_records SET read = '{}' WHERE list = :list")
                .setParameter("list", list.text()).executeUpdate();
    }

    /**
     * Adds what a run has read of a list.
     *
     * @param from its start, null for the beginning
     * @param to its end, null when it is open
     */
    public void addList(UUID run, WorkspaceList list, @Nullable Instant from, @Nullable Instant to) {
        entityManager.createNativeQuery("""
                INSERT INTO list_records AS record (list, read)
                SELECT :list, time_span(CAST(:from AS timestamptz), least(CAST(:to AS timestamptz), created_at))
                FROM import_runs WHERE id = :run
                ON CONFLICT (list) DO UPDATE SET read = record.read + excluded.read, refused = NULL
                """)
                .setParameter("list", list.text())
                .setParameter("from", from == null ? null : from.toString())
                .setParameter("to", to == null ? null : to.toString())
                .setParameter("run", run)
                .executeUpdate();
    }
}
