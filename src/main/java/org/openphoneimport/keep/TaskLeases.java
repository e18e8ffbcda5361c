package org.openphoneimport.keep;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jboss.logging.Logger;
import org.openphoneimport.openphone.NotNowException;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Sees to it that each of keep-runs' tasks is done by one at a time. */
@ApplicationScoped
class TaskLeases {

    private static final Logger LOG = Logger.getLogger(TaskLeases.class);

    private final EntityManager entityManager;
    private final KeepConfig config;

    TaskLeases(EntityManager entityManager, KeepConfig config) {
        this.entityManager = entityManager;
        this.config = config;
    }

    /** Does a task, unless another worker holds it. */
    void alone(String task, Runnable work) {
        take(task).ifPresent(until -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                // No reason to leave the other tasks undone; this one is tried again in a minute.
                tell(task, e);
            } finally {
                giveBack(task, until);
            }
        });
    }

    private static void tell(String task, RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
            LOG.infof("keep-runs was stopped at its task \"%s\"; the next one goes on with it", task);
        } else if (e instanceof NotNowException) {
            // No failure: a run uses all of the rate limit, for example.
            LOG.infof("The task \"%s\" of keep-runs waits: %s. It goes on in a few minutes", task, e.getMessage());
        } else {
            LOG.errorf(e, "keep-runs failed to do its task \"%s\"", task);
        }
    }

    /** Returns until when the task is ours; empty when another worker holds it. */
    private Optional<Instant> take(String task) {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<?> taken = entityManager
                    .createNativeQuery(
                            """
                                    INSERT INTO keep_leases AS held (task, lease_until)
                                    VALUES (:task, clock_timestamp() + :lease * interval '1 second')
                                    ON CONFLICT (task) DO UPDATE SET lease_until = excluded.lease_until WHERE held.lease_until < clock_timestamp()
                                    RETURNING lease_until
                                    """,
                            Instant.class)
                    .setParameter("task", task).setParameter("lease", config.lease().toSeconds())
                    .getResultList();
            return taken.stream().map(Instant.class::cast).findFirst();
        });
    }

    /** Unless it took longer than its lease, and another worker holds it by now. */
    private void giveBack(String task, Instant until) {
        QuarkusTransaction.requiringNew().run(() -> entityManager.createNativeQuery("""
                UPDATE keep_leases SET lease_until = clock_timestamp() WHERE task = :task AND lease_until = :until
                """).setParameter("task", task).setParameter("until", until).executeUpdate());
    }
}
