package org.openphoneimport.reading;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.call.CallPart;
import org.openphoneimport.media.MediaSender;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.run.ClearingLock;
import org.openphoneimport.run.Run;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Asks again for parts of calls on which OpenPhone was still working, whether their run has ended or not. */
@ApplicationScoped
public class LateParts {

    // At the rate limit three seconds' worth: keep-runs has other things to do.
    private static final int TOGETHER = 30;

    private final CallReader reader;
    private final CallChunks chunks;
    private final MediaSender media;
    private final ClearingLock clearing;

    LateParts(CallReader reader, CallChunks chunks, MediaSender media, ClearingLock clearing) {
        this.reader = reader;
        this.chunks = chunks;
        this.media = media;
        this.clearing = clearing;
    }

    /** Asks for what is due; what is not answered is due again in some minutes. */
    public void ask(Caller caller) {
        QuarkusTransaction.requiringNew().call(() -> CallPart.takeDue(TOGETHER))
                .forEach((run, due) -> {
                    var generation = generation(run);
                    due.forEach(open -> reader.read(caller, OpenCall.of(open, generation),
                            chunk -> store(run, chunk)));
                });
    }

    private static Generation generation(UUID run) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Run.withId(run).map(each -> Generation.of(each.api)).orElse(Generation.V1));
    }

    /** No run waits for it any more when everything was cleared, or a later run asks, while OpenPhone was being asked. */
    private boolean storeIfAwaited(UUID run, CallChunk answered) {
        boolean awaited = clearing.share() && CallPart.lockDue(run, answered.call());
        if (awaited) {
            chunks.store(run, List.of(answered));
        }
        return awaited;
    }

    private void store(UUID run, Chunk chunk) {
        if (chunk instanceof CallChunk answered
                && QuarkusTransaction.requiringNew().call(() -> storeIfAwaited(run, answered))) {
            media.send(answered.media());
        }
    }
}
