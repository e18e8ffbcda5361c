package org.openphoneimport.openphone;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The rate limiter's row in Postgres: one statement a request, and one more for one that comes late, or is let through after a
 * 429. The arithmetic is in {@code take_request_slot}.
 */
@ApplicationScoped
class RequestSlots {

    private final EntityManager entityManager;
    private final OpenPhoneConfig config;
    private final ApiKey key;
    private final Quota quota;

    RequestSlots(EntityManager entityManager, OpenPhoneConfig config, ApiKey key, Quota quota) {
        this.entityManager = entityManager;
        this.config = config;
        this.key = key;
        this.quota = quota;
    }

    /**
     * Lets one request of all workers pass, then rests.
     *
     * @param number from 1
     * @param cooldown how long it rests, counted from when the request comes to OpenPhone
     * @param slack how late that may be without being told
     */
    record Token(int number, Duration cooldown, Duration slack) {
    }

    /** What the row answers. */
    sealed interface Slot {
        /**
         * Granted: send after this wait.
         *
         * @param token null without a limit
         * @param probe which request it is that shows whether OpenPhone lets them through again; null unless it refused one
         */
        record In(Duration time, @Nullable Token token, @Nullable Long probe) implements Slot {
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
            @Nullable Double againMillis, @Nullable Integer token, @Nullable Double cooldownMillis,
            @Nullable Double slackMillis, @Nullable Long probe, boolean unproven) {

        private @Nullable Token taken() {
            return token == null || cooldownMillis == null || slackMillis == null ? null
                    : new Token(token, millis(cooldownMillis), millis(slackMillis));
        }
    }

    /** @param provenKey whether the key must have been shown to be this workspace's, see {@link WorkspaceKeys} */
    @Transactional(TxType.REQUIRES_NEW)
    Slot take(@Nullable UUID runId, boolean provenKey) {
        var granted = config.rate().automatic() ? quota.perSecond() : null;
        var row = (Row) entityManager.createNativeQuery("""
                SELECT run_status, blocked_millis, wait_millis, again_millis, token, cooldown_millis, slack_millis,
                    probe, :provenKey AND NOT EXISTS (SELECT FROM workspace_keys WHERE key_hash = :key)
                        AND EXISTS (SELECT FROM phone_numbers) AS unproven
                FROM take_request_slot(:key, CAST(:rate AS double precision), CAST(:quota AS double precision),
                    :ahead * interval '1 second', CAST(:run AS uuid))
                """, Row.class)
                .setParameter("provenKey", provenKey)
                .setParameter("key", key.hash())
                .setParameter("rate", config.rate().careful(granted))
                .setParameter("quota", granted)
                .setParameter("ahead", config.slotAhead().toMillis() / 1000.0)
                .setParameter("run", runId == null ? null : runId.toString())
                .getSingleResult();
        var wait = row.waitMillis();
        if (wait != null) {
            return row.unproven() ? new Slot.KeyUnproven() : new Slot.In(millis(wait), row.taken(), row.probe());
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

    /** The request that took this token came late, or may have: the token is not free before. */
    @Transactional(TxType.REQUIRES_NEW)
    void delay(Token token, Duration freeIn) {
        entityManager
                .createNativeQuery(
                        """
                                SELECT 1 FROM (SELECT delay_request_token(:key, :token, CAST(:seconds AS double precision) * interval '1 second'))
                                    AS delayed
                                """)
                .setParameter("key", key.hash())
                .setParameter("token", token.number())
                .setParameter("seconds", freeIn.toNanos() / 1e9)
                .getSingleResult();
    }

    /** OpenPhone refuses no more: the next 429 is the first of a row. */
    @Transactional(TxType.REQUIRES_NEW)
    void letThrough(long probe) {
        entityManager.createNativeQuery("SELECT 1 FROM (SELECT let_requests_through(:key, :probe)) AS noted")
                .setParameter("key", key.hash())
                .setParameter("probe", probe)
                .getSingleResult();
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
