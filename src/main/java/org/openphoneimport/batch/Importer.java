package org.openphoneimport.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.invocation.Functions;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.reading.BatchClaim;
import org.openphoneimport.run.EventLog;

/** What happens to a record of the import queue: its batch is claimed, imported, and finished or handed back. */
@ApplicationScoped
class Importer {

    private static final Logger LOG = Logger.getLogger(Importer.class);

    private final Batches batches;
    private final BatchImport batchImport;
    private final BatchEnd end;
    private final OutageProbe outage;
    private final ImportQueue queue;
    private final BatchSender sender;
    private final Functions functions;
    private final EventLog events;

    Importer(Batches batches, BatchImport batchImport, BatchEnd end, OutageProbe outage, ImportQueue queue,
            BatchSender sender, Functions functions, EventLog events) {
        this.batches = batches;
        this.batchImport = batchImport;
        this.end = end;
        this.outage = outage;
        this.queue = queue;
        this.sender = sender;
        this.functions = functions;
        this.events = events;
    }

    /**
     * Returns when the record may leave the queue.
     *
     * @param deadline when to stop asking OpenPhone
     * @throws UnknownBatchException when there is no such batch
     */
    void handle(BatchRecord record, Instant deadline) {
        switch (batches.claim(record)) {
            case BatchClaim.Unknown() -> throw new UnknownBatchException(record);
            case BatchClaim.NotNeeded(String why) -> LOG.infof("Dropped a record of batch %s of run %s: %s", record.batchId(),
                    record.runId(), why);
            case BatchClaim.Poisoned(int number) -> {
                LOG.errorf("Batch %d of run %s failed: its worker died too often", number, record.runId());
                reportIfLast(record);
            }
            case BatchClaim.Held claim -> conclude(record, claim, run(claim, new Caller(record.runId(), deadline)));
        }
    }

    /** A batch for which nothing could be achieved asks for nothing until OpenPhone has shown that it is there. */
    private Outcome run(BatchClaim.Held claim, Caller caller) {
        return claim.idle() ? outage.unlessAway(claim, caller, () -> batchImport.run(claim, caller))
                : batchImport.run(claim, caller);
    }

    private void conclude(BatchRecord record, BatchClaim.Held claim, Outcome outcome) {
        switch (outcome) {
            case Outcome.Finished() -> {
                end.finish(claim);
                LOG.infof("Imported batch %d of run %s: %s", claim.number(), claim.run(), claim.contents());
                reportIfLast(record);
            }
            case Outcome.Lost() -> LOG.warnf("Batch %d of run %s is another worker's by now", claim.number(), record.runId());
            case Outcome.Stopped() -> batches.release(claim, false, Duration.ZERO, null);
            case Outcome.Again again -> handBack(record, claim, again);
        }
    }

    /**
     * In this order, so that a kill after any step leaves at worst a duplicate: released, sent anew, noted as sent; that
     * the old record may go is reported last.
     */
    private void handBack(BatchRecord record, BatchClaim.Held claim, Outcome.Again again) {
        var delay = batches.release(claim, again.idle(), again.delay(), again.why());
        if (delay == null) {
            return;
        }
        if (again.why() != null) {
            events.add(record.runId(), EventLog.Level.WARNING, "wait", "Batch %d waits for %d s: %s"
                    .formatted(claim.number(), delay.toSeconds(), again.why()));
        }
        sender.noteSent(queue.send(List.of(record), delay));
    }

    private void reportIfLast(BatchRecord record) {
        if (batches.allEnded(record.runId())) {
            functions.invokeLater("keep-runs", Map.of());
        }
    }
}
