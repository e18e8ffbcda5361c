package org.openphoneimport.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.openphoneimport.batch.ImportQueue;

/** Whether the import queue answers; whether the database does, Quarkus checks by itself. */
@Readiness
@ApplicationScoped
class ImportQueueCheck implements HealthCheck {

    // The SDK would try again for longer than anybody waits for a health check.
    private static final int SECONDS = 3;

    private final ImportQueue queue;

    ImportQueueCheck(ImportQueue queue) {
        this.queue = queue;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("Import queue");
        try {
            CompletableFuture.runAsync(queue::check, Thread::startVirtualThread).orTimeout(SECONDS, TimeUnit.SECONDS).join();
            return response.up().build();
        } catch (CompletionException e) {
            return response.down().withData("error", reason(e)).build();
        }
    }

    private static String reason(CompletionException e) {
        var cause = e.getCause();
        return cause == null || cause.getMessage() == null ? "No answer within " + SECONDS + " s" : cause.getMessage();
    }
}
