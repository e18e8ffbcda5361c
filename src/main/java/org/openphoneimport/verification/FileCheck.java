package org.openphoneimport.verification;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.media.MediaStores;
import org.openphoneimport.openphone.NotNowException;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Looks whether each file that was stored is in the store, as large as it was. OpenPhone is asked for nothing. */
@ApplicationScoped
class FileCheck {

    // A store answers in some milliseconds, and takes many questions at once.
    private static final int TOGETHER = 16;

    // Far less than a lease's worth.
    private static final int BETWEEN_RENEWALS = 500;

    private final EntityManager entityManager;
    private final MediaStores stores;
    private final Verifications verifications;
    private final Discrepancies discrepancies;
    private final Clock clock;

    FileCheck(EntityManager entityManager, MediaStores stores, Verifications verifications, Discrepancies discrepancies,
            Clock clock) {
        this.entityManager = entityManager;
        this.stores = stores;
        this.verifications = verifications;
        this.discrepancies = discrepancies;
        this.clock = clock;
    }

    /** Goes on behind the last file that was looked for; throws {@link StoreAwayException} when the store does not answer. */
    void check(VerificationClaim claim, Instant deadline) {
        var files = next(claim);
        while (!files.isEmpty()) {
            var found = compare(files);
            var last = files.getLast();
            if (!QuarkusTransaction.requiringNew().call(() -> store(claim, last, found))) {
                return;
            }
            if (clock.instant().isAfter(deadline)) {
                throw new NotNowException.OutOfTime();
            }
            files = next(claim);
        }
    }

    private boolean store(VerificationClaim claim, StoredFile last, List<Discrepancy> found) {
        if (!verifications.renew(claim)) {
            return false;
        }
        discrepancies.add(claim.id(), found);
        verifications.noteFiles(claim, last.row());
        return true;
    }

    private List<Discrepancy> compare(List<StoredFile> files) {
        Queue<Discrepancy> found = new ConcurrentLinkedQueue<>();
        var away = new AtomicReference<@Nullable StoreAwayException>();
        var places = new Semaphore(TOGETHER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            files.forEach(file -> threads.execute(() -> {
                places.acquireUninterruptibly();
                try {
                    if (away.get() == null) {
                        compare(file).ifPresent(found::add);
                    }
                } catch (StoreAwayException e) {
                    away.set(e);
                } finally {
                    places.release();
                }
            }));
        }
        var reason = away.get();
        if (reason != null) {
            throw reason;
        }
        return List.copyOf(found);
    }

    private Optional<Discrepancy> compare(StoredFile file) {
        try {
            var size = stores.store().size(file.key());
            return size.isEmpty() ? Optional.of(file.isMissing("It was stored, but is not in the store any more"))
                    : size.getAsLong() == file.size() ? Optional.empty()
                            : Optional.of(file.isMissing("It had %d bytes when it was stored, and has %d now"
                                    .formatted(file.size(), size.getAsLong())));
        } catch (IOException | RuntimeException e) {
            throw new StoreAwayException(file.id(), e);
        }
    }

    private List<StoredFile> next(VerificationClaim claim) {
        List<?> rows = QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT id, subject || '/' || subject_id || '/' || position AS name, storage_key,
                    coalesce(size, 0) AS size
                FROM media WHERE status = 'stored' AND storage_key IS NOT NULL
                    AND id > (SELECT checked_media FROM verifications WHERE id = :verification)
                ORDER BY id LIMIT :together
                """, StoredFile.class).setParameter("verification", claim.id()).setParameter("together", BETWEEN_RENEWALS)
                .getResultList());
        return rows.stream().map(StoredFile.class::cast).toList();
    }

    @RegisterForReflection
    private record StoredFile(long row, String id, String key, long size) {

        Discrepancy isMissing(String finding) {
            return Discrepancy.of(Discrepancy.Kind.MISSING, "media", id, finding, null, Check.FILES);
        }
    }
}
