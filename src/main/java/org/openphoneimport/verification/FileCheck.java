package org.openphoneimport.verification;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

import org.openphoneimport.media.MediaStore;
import org.openphoneimport.media.MediaStores;

import io.quarkus.narayana.jta.QuarkusTransaction;

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

    FileCheck(EntityManager entityManager, MediaStores stores, Verifications verifications, Discrepancies discrepancies) {
        this.entityManager = entityManager;
        this.stores = stores;
        this.verifications = verifications;
        this.discrepancies = discrepancies;
    }

    void check(Claim claim) {
        var files = stored();
        for (int from = 0; from < files.size(); from += BETWEEN_RENEWALS) {
            var found = compare(files.subList(from, Math.min(files.size(), from + BETWEEN_RENEWALS)));
            QuarkusTransaction.requiringNew().run(() -> {
                if (verifications.renew(claim)) {
                    discrepancies.add(claim.id(), found);
                }
            });
        }
    }

    private List<Discrepancy> compare(List<StoredFile> files) {
        var store = stores.store();
        Queue<Discrepancy> found = new ConcurrentLinkedQueue<>();
        var places = new Semaphore(TOGETHER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            files.forEach(file -> threads.execute(() -> {
                places.acquireUninterruptibly();
                try {
                    compare(store, file, found);
                } finally {
                    places.release();
                }
            }));
        }
        return List.copyOf(found);
    }

    private static void compare(MediaStore store, StoredFile file, Queue<Discrepancy> found) {
        try {
            var size = store.size(file.key());
            if (size.isEmpty()) {
                found.add(file.isMissing("It was stored, but is not in the store any more"));
            } else if (size.getAsLong() != file.size()) {
                found.add(file.isMissing("It had %d bytes when it was stored, and has %d now"
                        .formatted(file.size(), size.getAsLong())));
            }
        } catch (IOException | RuntimeException e) {
            found.add(file.isMissing("Whether it is in the store could not be found out: " + e.getMessage()));
        }
    }

    private List<StoredFile> stored() {
        List<?> rows = QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT subject || '/' || subject_id || '/' || position AS id, storage_key, size
                FROM media WHERE status = 'stored' AND storage_key IS NOT NULL ORDER BY id
                """, Tuple.class).getResultList());
        return rows.stream().map(Tuple.class::cast).map(row -> new StoredFile((String) row.get("id"),
                (String) row.get("storage_key"), row.get("size") instanceof Number size ? size.longValue() : 0)).toList();
    }

    private record StoredFile(String id, String key, long size) {

        Discrepancy isMissing(String finding) {
            return Discrepancy.of(Discrepancy.Kind.MISSING, "media", id, finding, null, Check.FILES);
        }
    }
}
