package org.openphoneimport.keep;

import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.openphoneimport.invocation.Functions;
import org.openphoneimport.invocation.LogContext;
import org.openphoneimport.media.MediaSender;
import org.openphoneimport.run.Run;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Keeps the active run going: its listing, its batches, its end. */
@ApplicationScoped
class RunKeeper {

    private final EntityManager entityManager;
    private final TaskLeases leases;
    private final Sampler sampler;
    private final Functions functions;
    private final LostBatches lost;
    private final MediaSender media;
    private final RunEnd end;

    RunKeeper(EntityManager entityManager, TaskLeases leases, Sampler sampler, Functions functions, LostBatches lost,
            MediaSender media, RunEnd end) {
        this.entityManager = entityManager;
        this.leases = leases;
        this.sampler = sampler;
        this.functions = functions;
        this.lost = lost;
        this.media = media;
        this.end = end;
    }

    void keep(Run run) {
        LogContext.run(run.id);
        leases.alone("sample", () -> sampler.sample(run.id));
        switch (run.status()) {
            case PENDING -> goOnListing(run.id);
            case RUNNING -> {
                if (run.listedAt == null) {
                    goOnListing(run.id);
                } else if (!end.endImport(run.id)) {
                    leases.alone("send", () -> lost.send(run.id));
                }
            }
            case VERIFYING -> {
                if (end.endVerification(run)) {
                    lost.send(run.id);
                    leases.alone("media", media::sendDue);
                }
            }
            case PAUSED, COMPLETED, FAILED, CANCELLED -> {
                // Nothing is due.
            }
        }
    }

    private void goOnListing(UUID run) {
        boolean held = (Boolean) QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT coalesce(listing_lease_until > clock_timestamp(), false) FROM import_runs WHERE id = :run
                """).setParameter("run", run).getSingleResult());
        if (!held) {
            functions.invokeLater("start-run", Map.of("runId", run.toString()));
        }
    }
}
