package org.openphoneimport.media;

import java.io.IOException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jboss.logging.Logger;

import software.amazon.awssdk.core.exception.SdkException;

/** Forgets all files. */
@ApplicationScoped
public class MediaRemoval {

    private static final Logger LOG = Logger.getLogger(MediaRemoval.class);

    private final EntityManager entityManager;
    private final MediaStores stores;
    private final TransactionSynchronizationRegistry transaction;

    MediaRemoval(EntityManager entityManager, MediaStores stores, TransactionSynchronizationRegistry transaction) {
        this.entityManager = entityManager;
        this.stores = stores;
        this.transaction = transaction;
    }

    /**
     * Empties the tables of files in the caller's transaction. The files themselves are deleted once it is committed and before
     * it returns, so that nobody who has begun anew can have stored one of them again. One that cannot be deleted then is left
     * over: no row points to it, and the next that is stored under its key replaces it.
     */
    @Transactional(TxType.MANDATORY)
    public void removeAll() {
        List<?> rows = entityManager.createNativeQuery("SELECT storage_key FROM media WHERE storage_key IS NOT NULL",
                String.class).getResultList();
        var keys = rows.stream().map(String.class::cast).toList();
        entityManager.createNativeQuery("TRUNCATE media, import_media").executeUpdate();
        if (!keys.isEmpty()) {
            transaction.registerInterposedSynchronization(new AfterCommit(() -> delete(keys)));
        }
    }

    private void delete(List<String> keys) {
        try {
            stores.store().delete(keys);
            LOG.infof("Deleted %d files", keys.size());
        } catch (IOException | SdkException | IllegalStateException e) {
            LOG.warnf("Failed to delete some of %d files, which nothing points to any more: %s", keys.size(), e.getMessage());
        }
    }

    private record AfterCommit(Runnable then) implements Synchronization {

        @Override
        public void beforeCompletion() {
            // Nothing is to be done before it is sure.
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                then.run();
            }
        }
    }
}
