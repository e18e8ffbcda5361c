package org.openphoneimport.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jboss.logging.Logger;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Forgets all files. They are noted in {@code media_to_delete} in the transaction that clears their rows, and keep-runs deletes
 * them later, so that none is left over if a process dies in between. A download of such a file takes it off that table first.
 */
@ApplicationScoped
public class MediaRemoval {

    private static final Logger LOG = Logger.getLogger(MediaRemoval.class);

    /** Takes a file off those to delete that is about to be stored again; part of the statement that claims it. */
    static final String TAKE_OFF = "DELETE FROM media_to_delete WHERE storage_key = :key";

    private static final int TOGETHER = 500;

    private final EntityManager entityManager;
    private final MediaStores stores;

    MediaRemoval(EntityManager entityManager, MediaStores stores) {
        this.entityManager = entityManager;
        this.stores = stores;
    }

    /**
     * Empties the tables of files in the caller's transaction; once it is committed, {@link #deleteNoted} deletes the files.
     */
    @Transactional(TxType.MANDATORY)
    public void removeAll() {
        // Else a file could be noted as stored between the two.
        entityManager.createNativeQuery("LOCK TABLE media IN ACCESS EXCLUSIVE MODE").executeUpdate();
        entityManager.createNativeQuery("""
                INSERT INTO media_to_delete (storage_key)
                SELECT DISTINCT storage_key FROM media WHERE storage_key IS NOT NULL ON CONFLICT DO NOTHING
                """).executeUpdate();
        entityManager.createNativeQuery("TRUNCATE media, import_media").executeUpdate();
    }

    /** Everything was cleared while a file came: nothing points to what has just been stored. */
    @Transactional(TxType.MANDATORY)
    void note(MediaClaim.Held claim) {
        entityManager.createNativeQuery("""
                INSERT INTO media_to_delete (storage_key) SELECT :key
                WHERE NOT EXISTS (SELECT FROM media
                    WHERE subject = :subject AND subject_id = :subjectId AND position = :position)
                ON CONFLICT DO NOTHING
                """)
                .setParameter("key", claim.key())
                .setParameter("subject", claim.subject())
                .setParameter("subjectId", claim.subjectId())
                .setParameter("position", claim.position())
                .executeUpdate();
    }

    /** Deletes the files that nothing points to any more; throws when the store does not let them be deleted. */
    public void deleteNoted() {
        int deleted;
        do {
            deleted = QuarkusTransaction.requiringNew().call(this::deleteSome);
        } while (deleted == TOGETHER);
    }

    /** They stay locked meanwhile: a new download of one waits until it is gone. */
    private int deleteSome() {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT storage_key FROM media_to_delete ORDER BY storage_key LIMIT :together FOR UPDATE SKIP LOCKED
                """, String.class).setParameter("together", TOGETHER).getResultList();
        if (rows.isEmpty()) {
            return 0;
        }
        var keys = rows.stream().map(String.class::cast).toList();
        try {
            stores.store().delete(keys);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to delete files: " + e.getMessage(), e);
        }
        entityManager.createNativeQuery("DELETE FROM media_to_delete WHERE storage_key = ANY(:keys)")
                .setParameter("keys", keys.toArray(String[]::new)).executeUpdate();
        LOG.infof("Deleted %d files", keys.size());
        return keys.size();
    }
}
