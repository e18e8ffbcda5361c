package org.openphoneimport.keep;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jboss.logging.Logger;
import org.openphoneimport.batch.BatchSender;
import org.openphoneimport.openphone.OpenPhoneConfig;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Batches of which the queue may know nothing any more: they are sent again. */
@ApplicationScoped
class LostBatches {

    private static final Logger LOG = Logger.getLogger(LostBatches.class);

    private final EntityManager entityManager;
    private final BatchSender sender;
    private final OpenPhoneConfig openPhone;
    private final KeepConfig config;

    LostBatches(EntityManager entityManager, BatchSender sender, OpenPhoneConfig openPhone, KeepConfig config) {
        this.entityManager = entityManager;
        this.sender = sender;
        this.openPhone = openPhone;
        this.config = config;
    }

    void send(UUID run) {
        int sent = sender.sendDue(run, longestWait(run));
        if (sent > 0) {
            LOG.infof("Sent %d batches of run %s", sent, run);
        }
    }

    /**
     * Twice the time that what is open should take at the rate limit: two requests a conversation, one a part of a call or a
     * contact.
     */
    private Duration longestWait(UUID run) {
        var open = (Number) QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT 2 * (SELECT count(*) FROM import_conversations WHERE run_id = :run AND status = 'pending')
                    + (SELECT count(*) FROM call_parts WHERE run_id = :run AND status = 'pending')
                    + (SELECT count(*) FROM directory_parts WHERE run_id = :run AND status = 'pending')
                """).setParameter("run", run).getSingleResult());
        double rate = openPhone.rate().isLimited() ? openPhone.rate().perSecond() : 100;
        var expected = Duration.ofMillis(Math.round(1000 * open.longValue() / rate));
        return config.patience().plus(expected.multipliedBy(2));
    }
}
