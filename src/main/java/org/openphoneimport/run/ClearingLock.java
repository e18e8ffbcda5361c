package org.openphoneimport.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/**
 * Clearing what was imported excludes everything that would import or compare beside it. That no run is active when clearing
 * begins says nothing about the moment when it ends: tables are emptied only when the last of their readers has left. What
 * starts or resumes a run takes this lock first, before it touches a table that is being emptied.
 */
@ApplicationScoped
public class ClearingLock {

    private static final String KEY = "hashtextextended('imported data', 0)";

    private final EntityManager entityManager;

    ClearingLock(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** For clearing: waits for imports that are storing, and lets none begin until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    public void takeAlone() {
        entityManager.createNativeQuery("SELECT 1 FROM (SELECT pg_advisory_xact_lock(%s)) AS locked".formatted(KEY))
                .getSingleResult();
    }

    /**
     * For all others, any number of them: nothing is cleared until the transaction ends. False while data are being cleared.
     */
    @Transactional(TxType.MANDATORY)
    public boolean share() {
        return (Boolean) entityManager.createNativeQuery("SELECT pg_try_advisory_xact_lock_shared(%s)".formatted(KEY))
                .getSingleResult();
    }

    /** As {@link #share}, but throws {@link ClearingException} while data are being cleared. */
    @Transactional(TxType.MANDATORY)
    public void requireShared() {
        if (!share()) {
            throw new ClearingException();
        }
    }
}
