package org.openphoneimport.openphone;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The rate limiter's row in Postgres: one statement a request, the arithmetic is in {@code take_request_slot}. */
@ApplicationScoped
class RequestSlots {

    private final EntityManager entityManager;
    private final OpenPhoneConfig config;
    private final ApiKey key;

    RequestSlots(EntityManager entityManager, OpenPhoneConfig config, ApiKey key) {
        this.entityManager = entityManager;
        this.config = config;
        this.key = key;
    }

    /** What the row answers. */
    sealed interface Slot {
        /** Granted: send after this wait. */
        record In(Duration time) implements Slot {
        }

        /** Only a question that shows whose the key is may be sent: it may be another workspace's. */
        record KeyUnproven() implements Slot {
        }

        /** The next slot is too far ahead. */
        record AskAgain(Duration after) implements Slot {
        }

        /** OpenPhone asked everybody to wait. */
        record Blocked(Duration time) implements Slot {
        }

        /** Nothing may be sent for this run. */
        record RunStopped(String status) implements Slot {
        }
    }

    /** A slot for whatever key there is. */
    Slot take(@Nullable UUID runId) {
        return take(runId, false);
    }

    @RegisterForReflection
    private record Row(@Nullable String runStatus, @Nullable Double blockedMillis, @Nullable Double waitMillis,
            @Nullable Double againMillis, boolean unproven) {
    }

    /** @param provenKey whether the key must have been shown to be this workspace's, see {@link WorkspaceKeys} */
    @Transactional(TxType.REQUIRES_NEW)
    Slot take(@Nullable UUID runId, boolean provenKey) {
        var row = (Row) entityManager.createNativeQuery("""
                SELECT run_status, blocked_millis, wait_millis, again_millis,
                    :provenKey AND NOT EXISTS (SELECT FROM workspace_keys WHERE key_hash = :key)
                        AND EXISTS (SELECT FROM phone_numbers) AS unproven
                FROM take_request_slot(:key, :interval * interval '1 second', :ahead * interval '1 second', CAST(:run AS uuid))
                """, Row.class)
                .setParameter("provenKey", provenKey)
                .setParameter("key", key.hash())
                .setParameter("interval", config.rate() == 0 ? 0.0 : 1 / config.rate())
                .setParameter("ahead", config.slotAhead().toMillis() / 1000.0)
                .setParameter("run", runId == null ? null : runId.toString())
                .getSingleResult();
        var wait = row.waitMillis();
        if (wait != null) {
            return row.unproven() ? new Slot.KeyUnproven() : new Slot.In(millis(wait));
        }
        var after = row.againMillis();
        if (after != null) {
            return new Slot.AskAgain(millis(after));
        }
        var blocked = row.blockedMillis();
        if (blocked != null) {
            return new Slot.Blocked(millis(blocked));
        }
        return new Slot.RunStopped(String.valueOf(row.runStatus()));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void block(Duration wait) {
        block(wait.toMillis() / 1000.0);
    }

    /** OpenPhone named no time. */
    @Transactional(TxType.REQUIRES_NEW)
    void block() {
        block((Double) null);
    }

    private void block(@Nullable Double seconds) {
        entityManager.createNativeQuery("""
                SELECT 1 FROM (SELECT block_requests(:key, CAST(:seconds AS double precision) * interval '1 second')) AS blocked
                """)
                .setParameter("key", key.hash())
                .setParameter("seconds", seconds)
                .getSingleResult();
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1_000_000));
    }
}
