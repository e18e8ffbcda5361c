package org.openphoneimport.listing;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

/** Batches of a run are numbered from 1, of whatever kind they are; a listing that is repeated goes on with them. */
@ApplicationScoped
class BatchNumbers {

    private final EntityManager entityManager;

    BatchNumbers(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** The last one that there is, 0 without any. One at a time may cut batches of a run, or two would take the same number. */
    int last(UUID run) {
        return (Integer) entityManager.createNativeQuery("""
                SELECT coalesce(max(number), 0) FROM import_batches WHERE run_id = :run
                """, Integer.class).setParameter("run", run).getSingleResult();
    }
}
