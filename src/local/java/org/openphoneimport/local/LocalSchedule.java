package org.openphoneimport.local;

import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.openphoneimport.run.Run;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;

/** Does what EventBridge does in AWS. */
@ApplicationScoped
public class LocalSchedule {

    private final LocalFunctions functions;
    private final EntityManager entityManager;
    private final Scheduler scheduler;
    private final boolean alone;

    /** @param alone whether no other process works on this database */
    LocalSchedule(LocalFunctions functions, EntityManager entityManager, Scheduler scheduler,
            @ConfigProperty(name = "local.alone", defaultValue = "true") boolean alone) {
        this.functions = functions;
        this.entityManager = entityManager;
        this.scheduler = scheduler;
        this.alone = alone;
    }

    @Scheduled(every = "{local.keep-every:60s}", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void keepRuns() {
        functions.invokeLater("keep-runs", Map.of());
    }

    /** Each night, once there is something to keep up to date. */
    @Scheduled(cron = "{local.reconcile-cron:0 30 3 * * ?}", concurrentExecution = ConcurrentExecution.SKIP)
    void reconcile() {
        if (QuarkusTransaction.requiringNew().call(Run::last).isPresent()) {
            functions.invokeLater("start-run", Map.of("type", "reconciliation"));
        }
    }

    /** What comes while the application ends would find nothing to work with. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        scheduler.pause();
    }

    /**
     * All workers live in this process, so none of them can be holding anything when it starts; and the embedded queue begins
     * empty. Runs before the workers do.
     */
    void forgetLeases(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (!alone) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            entityManager.createNativeQuery("""
                    UPDATE import_batches SET lease_owner = NULL, lease_until = NULL, sent_at = NULL, status = 'pending'
                    WHERE status IN ('pending', 'running')
                    """).executeUpdate();
            entityManager.createNativeQuery("""
                    UPDATE media SET sent_at = NULL, claim = NULL,
                        due_at = CASE WHEN claim IS NULL THEN due_at ELSE clock_timestamp() END
                    WHERE status = 'pending'
                    """).executeUpdate();
            entityManager.createNativeQuery("DELETE FROM keep_leases").executeUpdate();
            entityManager.createNativeQuery("""
                    UPDATE notice_deliveries SET due_at = clock_timestamp() WHERE delivered_at IS NULL AND given_up_at IS NULL
                    """).executeUpdate();
            entityManager.createNativeQuery("UPDATE verifications SET lease_owner = NULL, lease_until = NULL").executeUpdate();
            entityManager.createNativeQuery("""
                    UPDATE import_runs SET listing_lease_owner = NULL, listing_lease_until = NULL,
                        listing_deaths = listing_deaths + 1
                    WHERE listing_lease_owner IS NOT NULL
                    """).executeUpdate();
        });
    }
}
