package org.openphoneimport.batch;

import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jboss.logging.Logger;
import org.openphoneimport.media.MediaQueue;
import org.openphoneimport.queue.RecordQueue;
import org.openphoneimport.run.Run;

import io.quarkus.narayana.jta.QuarkusTransaction;

import software.amazon.awssdk.services.sqs.model.Message;

/** Brings records off the dead-letter queue into a table, where people can see them, and back onto the queue. */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final EntityManager entityManager;
    private final ImportQueue imports;
    private final MediaQueue media;
    private final RecordReader reader;

    DeadLetters(EntityManager entityManager, ImportQueue imports, MediaQueue media, RecordReader reader) {
        this.entityManager = entityManager;
        this.imports = imports;
        this.media = media;
        this.reader = reader;
    }

    /** Moves what is there; each record is stored before it leaves its queue, and at worst found a second time. */
    public int move() {
        return move(imports.records(), this::reason) + move(media.records(), this::mediaReason);
    }

    private int move(RecordQueue queue, Function<Message, String> reason) {
        int moved = 0;
        for (var records = queue.receiveDead(); !records.isEmpty(); records = queue.receiveDead()) {
            for (var record : records) {
                store(queue.name(), record, reason.apply(record));
                queue.deleteDead(record);
                moved++;
            }
        }
        return moved;
    }

    /**
     * Puts a dead letter onto its queue again.
     *
     * @return false when there is none of that id that has not been sent back
     */
    public boolean sendBack(UUID id) {
        var letter = QuarkusTransaction.requiringNew().call(() -> DeadLetter.<DeadLetter> findByIdOptional(id))
                .filter(found -> found.sentBackAt == null);
        letter.ifPresent(found -> {
            (found.queue.equals(media.records().name()) ? media.records() : imports.records()).sendBody(found.body);
            QuarkusTransaction.requiringNew().run(() -> entityManager
                    .createNativeQuery("UPDATE dead_letters SET sent_back_at = clock_timestamp() WHERE id = :id")
                    .setParameter("id", id).executeUpdate());
        });
        return letter.isPresent();
    }

    /** Puts all of them onto their queue again; returns how many. */
    public int sendAllBack() {
        var open = QuarkusTransaction.requiringNew().call(DeadLetter::open);
        return (int) open.stream().filter(letter -> sendBack(letter.id)).count();
    }

    private void store(String queue, Message record, String reason) {
        LOG.errorf("Record %s could not be handled: %s", record.messageId(), reason);
        QuarkusTransaction.requiringNew().run(() -> entityManager.createNativeQuery("""
                INSERT INTO dead_letters (queue, record_id, body, reason) VALUES (:queue, :record, :body, :reason)
                ON CONFLICT DO NOTHING
                """)
                .setParameter("queue", queue)
                .setParameter("record", record.messageId())
                .setParameter("body", record.body().replace("\0", "\uFFFD"))
                .setParameter("reason", reason)
                .executeUpdate());
    }

    private String reason(BatchRecord record) {
        if (Run.withId(record.runId()).isEmpty()) {
            return "There is no run " + record.runId();
        }
        boolean known = (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_batches WHERE id = :batch AND run_id = :run)
                """).setParameter("batch", record.batchId()).setParameter("run", record.runId()).getSingleResult();
        return known
                ? "Batch %s of run %s could not be imported in 5 receives; the log says why".formatted(record.batchId(),
                        record.runId())
                : "Run %s has no batch %s".formatted(record.runId(), record.batchId());
    }

    private String reason(Message record) {
        try {
            var batch = reader.read(record.body());
            return QuarkusTransaction.requiringNew().call(() -> reason(batch));
        } catch (RecordReader.UnreadableRecordException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String mediaReason(Message record) {
        try {
            return "File %d could not be downloaded in 5 receives; the log says why".formatted(
                    media.read(record.body()).mediaId());
        } catch (MediaQueue.UnreadableRecordException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
