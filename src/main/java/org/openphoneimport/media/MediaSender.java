package org.openphoneimport.media;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jboss.logging.Logger;
import org.openphoneimport.database.JsonRows;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;

import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends files whose records are not on the queue: new ones, those that are due again, those whose record or download was lost.
 * A file is sent after the commit that notes it; if the process dies in between, keep-runs sends it.
 */
@ApplicationScoped
public class MediaSender {

    private static final Logger LOG = Logger.getLogger(MediaSender.class);

    private static final int TOGETHER = 10;

    private final EntityManager entityManager;
    private final MediaQueue queue;
    private final MediaCounts counts;
    private final MediaConfig config;

    MediaSender(EntityManager entityManager, MediaQueue queue, MediaCounts counts, MediaConfig config) {
        this.entityManager = entityManager;
        this.queue = queue;
        this.counts = counts;
        this.config = config;
    }

    /** Sends files that have just been noted, after the commit; if that fails keep-runs does it in a minute. */
    public void send(List<Media.Found> noted) {
        if (noted.isEmpty()) {
            return;
        }
        try {
            var known = QuarkusTransaction.requiringNew().call(() -> known(noted));
            sendAll(known.stream().filter(file -> !file.stored()).map(Known::id).toList());
            var stored = known.stream().filter(Known::stored).map(Known::id).toList();
            if (!stored.isEmpty()) {
                counts.count(stored);
            }
        } catch (SdkException | IllegalStateException e) {
            LOG.warnf("Failed to send %d files, which keep-runs will do: %s", noted.size(), e.getMessage());
        }
    }

    /** Sends all files that are due, and counts those that need not be sent, since they are stored. */
    public void sendDue() {
        counts.countAll();
        int sent = sendAll(QuarkusTransaction.requiringNew().call(this::due));
        if (sent > 0) {
            LOG.infof("Sent %d files to be downloaded", sent);
        }
    }

    /** In tens, each noted at once: a kill in the midst leaves at worst ten records twice. */
    private int sendAll(List<Long> files) {
        int sent = 0;
        for (int from = 0; from < files.size(); from += TOGETHER) {
            var taken = queue.send(files.subList(from, Math.min(files.size(), from + TOGETHER)), Duration.ZERO);
            noteSent(taken);
            sent += taken.size();
        }
        return sent;
    }

    /** Sends a file's record anew, after a while. */
    boolean sendAgain(long file, Duration delay) {
        return !queue.send(List.of(file), delay).isEmpty();
    }

    private void noteSent(Collection<Long> files) {
        if (!files.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> Media.noteSent(files));
        }
    }

    /** @param stored whether it is here, so that it need not be sent */
    @RegisterForReflection
    private record Known(Long id, boolean stored) {
    }

    /** Those of the files that are to be sent or counted. */
    private List<Known> known(List<Media.Found> noted) {
        List<?> files = entityManager.createNativeQuery("""
                SELECT DISTINCT media.id, media.status = 'stored' AS stored FROM media
                JOIN jsonb_to_recordset(CAST(:rows AS jsonb)) AS noted(subject text, subject_id text)
                    -- Which of several it is was decided when it was noted.
                    USING (subject, subject_id)
                WHERE media.status = 'stored'
                    OR media.status = 'pending' AND media.sent_at IS NULL AND media.due_at <= clock_timestamp()
                ORDER BY media.id
                """, Known.class).setParameter("rows", JsonRows.rows(noted)).getResultList();
        return files.stream().map(Known.class::cast).toList();
    }

    /** A record that is longer on the queue than a second for each file that is open counts as lost. */
    private List<Long> due() {
        List<?> ids = entityManager.createNativeQuery("""
                SELECT media.id FROM media
                WHERE media.status = 'pending' AND media.due_at <= clock_timestamp()
                    AND (media.sent_at IS NULL              -- new, or due again
                        OR media.sent_at < media.due_at     -- its download died and it was not sent since
                        OR media.sent_at < clock_timestamp() - interval '1 second' * (
                            :wait + (SELECT count(*) FROM media AS open WHERE open.status = 'pending')))
                    AND %s
                ORDER BY media.attempts, media.id
                """.formatted(MediaTable.WANTED), Long.class)
                .setParameter("wait", config.patience().toSeconds())
                .getResultList();
        return ids.stream().map(Long.class::cast).toList();
    }
}
