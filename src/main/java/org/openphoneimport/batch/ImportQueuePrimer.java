package org.openphoneimport.batch;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.invocation.Primer;

/** The way to SQS. */
@ApplicationScoped
class ImportQueuePrimer implements Primer {

    private final ImportQueue queue;

    ImportQueuePrimer(ImportQueue queue) {
        this.queue = queue;
    }

    @Override
    public void prime() {
        queue.check();
    }
}
