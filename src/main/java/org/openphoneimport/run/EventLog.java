package org.openphoneimport.run;

import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** A run's log for the page: state changes, batches, waits. */
@ApplicationScoped
public class EventLog {

    private final EntityManager entityManager;

    EventLog(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** How much a line matters. */
    public enum Level {
        /** Someone may care. */
        INFO,
        /** Look later. */
        WARNING,
        /** Look now. */
        ERROR
    }

    /**
     * Adds a line.
     *
     * @param kind what it is about: status, listing, batch, wait, issue, sample
     * @param what a whole sentence
     */
    @Transactional
    public void add(UUID run, Level level, String kind, String what) {
        entityManager.createNativeQuery("""
                INSERT INTO import_events (run_id, level, kind, what) VALUES (:run, :level, :kind, :what)
                """)
                .setParameter("run", run)
                .setParameter("level", level.name().toLowerCase(Locale.ROOT))
                .setParameter("kind", kind)
                .setParameter("what", what)
                .executeUpdate();
    }
}
