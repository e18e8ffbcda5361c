package org.openphoneimport.media;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Files as they stand in the table: claimed, stored, waiting, failed. The claim itself raises {@code attempts} and moves
 * {@code due_at} behind the longest download: one that was killed is due again then, and an error when it dies each time.
 *
 * <p>
 * A file is stored before its row says so, and only the holder of the row's {@code claim} changes the row. What runs have to
 * know of it goes through {@link MediaReports}.
 */
@ApplicationScoped
class MediaTable {

    /** A run wants it that is neither given up nor paused. */
    static final String WANTED = """
            EXISTS (SELECT FROM import_media AS wanted JOIN import_runs AS run ON run.id = wanted.run_id
                WHERE wanted.subject = media.subject AND wanted.subject_id = media.subject_id
                    AND wanted.position = media.position AND run.status NOT IN ('paused', 'cancelled'))
            """;

    // A time stays true while it is read, "in 5 min" does not.
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final EntityManager entityManager;
    private final MediaConfig config;
    private final MediaCounts counts;
    private final MediaReports reports;
    private final MediaRemoval removal;

    MediaTable(EntityManager entityManager, MediaConfig config, MediaCounts counts, MediaReports reports,
            MediaRemoval removal) {
        this.entityManager = entityManager;
        this.config = config;
        this.counts = counts;
        this.reports = reports;
        this.removal = removal;
    }

    @RegisterForReflection
    private record Row(String subject, String subjectId, int position, String url, @Nullable String type, String status,
            int attempts, boolean due, boolean urlAsked, boolean reported, boolean wanted) {
    }

    /** Takes a file that is due. */
    @Transactional(TxType.REQUIRES_NEW)
    MediaClaim claim(long id) {
        List<?> rows = entityManager.createNativeQuery(
                """
                        SELECT subject, subject_id, position, url, type, status, attempts, due_at <= clock_timestamp() AS due,
                            -- A URL that was asked for long ago may have expired, too.
                            coalesce(url_asked_at > clock_timestamp() - interval '10 minutes', false) AS url_asked, finding IS NOT NULL AS reported, %s AS wanted
                        FROM media WHERE id = :id FOR UPDATE
                        """
                        .formatted(WANTED),
                Row.class).setParameter("id", id).getResultList();
        if (rows.isEmpty()) {
            return new MediaClaim.Unknown();
        }
        var row = (Row) rows.getFirst();
        if (!row.status().equals("pending")) {
            return new MediaClaim.NotNeeded("it is " + row.status());
        }
        if (!row.due()) {
            return new MediaClaim.NotNeeded("it is not due, or another download has it");
        }
        if (!row.wanted()) {
            return new MediaClaim.NotNeeded("its run stands still");
        }
        var claim = new MediaClaim.Held(id, UUID.randomUUID(), row.subject(), row.subjectId(),
                row.position(), row.url(), row.type(), row.attempts() + 1, row.urlAsked(), row.reported());
        entityManager.createNativeQuery("""
                WITH kept AS (
                    -- It was to be deleted, and will be replaced instead.
                    %s
                )
                UPDATE media SET claim = :owner, attempts = attempts + 1,
                    due_at = clock_timestamp() + :seconds * interval '1 second'
                WHERE id = :id
                """.formatted(MediaRemoval.TAKE_OFF))
                .setParameter("key", claim.key())
                .setParameter("owner", claim.owner())
                .setParameter("seconds", lease().toMillis() / 1000.0)
                .setParameter("id", id)
                .executeUpdate();
        if (claim.attempt() > config.retryDelays().size() + 1) {
            fail(claim, "Its worker died at each download");
            return new MediaClaim.WornOut();
        }
        return claim;
    }

    /** A download that ends itself says so before the next one may begin. */
    private Duration lease() {
        return config.longestDownload().plus(config.longestDownload().dividedBy(8));
    }

    /** Notes that OpenPhone was asked for the file's URL again, which is done once. */
    @Transactional(TxType.REQUIRES_NEW)
    void noteUrl(MediaClaim.Held claim, String url) {
        entityManager.createNativeQuery("""
                UPDATE media SET url = :url, url_asked_at = clock_timestamp() WHERE id = :id AND claim = :owner
                """)
                .setParameter("url", url)
                .setParameter("id", claim.id())
                .setParameter("owner", claim.owner())
                .executeUpdate();
    }

    /** The file is in the store. */
    @Transactional(TxType.REQUIRES_NEW)
    void stored(MediaClaim.Held claim, String contentType, MediaHttp.Received received) {
        int stored = entityManager.createNativeQuery("""
                UPDATE media SET status = 'stored', storage_key = :key, content_type = :type, size = :size, sha256 = :sha256,
                    stored_at = clock_timestamp(), tried_at = clock_timestamp(), claim = NULL, finding = NULL
                WHERE id = :id AND claim = :owner
                """)
                .setParameter("key", claim.key())
                .setParameter("type", contentType)
                .setParameter("size", received.size())
                .setParameter("sha256", received.sha256())
                .setParameter("id", claim.id())
                .setParameter("owner", claim.owner())
                .executeUpdate();
        if (stored == 1) {
            if (claim.reported()) {
                reports.arrived(report(claim, "It is stored"));
            }
            counts.count(List.of(claim.id()));
        } else {
            removal.note(claim);
        }
    }

    /**
     * It is to be tried again after a while, if it has not been often enough.
     *
     * @param denied whether its host does not give it under the URL that OpenPhone has just named
     */
    @Transactional(TxType.REQUIRES_NEW)
    void again(MediaClaim.Held claim, String what, boolean denied) {
        if (claim.attempt() > config.retryDelays().size()) {
            fail(claim, what);
            return;
        }
        var delay = config.retryDelays().get(claim.attempt() - 1);
        List<?> due = entityManager.createNativeQuery("""
                UPDATE media SET due_at = clock_timestamp() + :seconds * interval '1 second', sent_at = NULL,
                    tried_at = clock_timestamp(), claim = NULL, finding = :what,
                    -- The next URL may expire before the next download, too; but a file that is gone is asked for once.
                    url_asked_at = CASE WHEN :denied THEN url_asked_at END
                WHERE id = :id AND claim = :owner RETURNING due_at
                """, Instant.class)
                .setParameter("denied", denied)
                .setParameter("seconds", delay.toMillis() / 1000.0)
                .setParameter("what", what)
                .setParameter("id", claim.id())
                .setParameter("owner", claim.owner())
                .getResultList();
        if (!due.isEmpty()) {
            reports.waits(report(claim, what + ". It is tried again at " + SECOND.format((Instant) due.getFirst())));
        }
    }

    /** It could not be had. */
    @Transactional
    void fail(MediaClaim.Held claim, String what) {
        int failed = entityManager.createNativeQuery("""
                UPDATE media SET status = 'failed', tried_at = clock_timestamp(), claim = NULL, finding = :what
                WHERE id = :id AND claim = :owner
                """)
                .setParameter("what", what)
                .setParameter("id", claim.id())
                .setParameter("owner", claim.owner())
                .executeUpdate();
        if (failed == 1) {
            reports.failed(report(claim, what));
        }
    }

    /** The runs that have found a file. */
    List<UUID> runs(MediaClaim.Held claim) {
        List<?> runs = entityManager.createNativeQuery("""
                SELECT run_id FROM import_media
                WHERE subject = :subject AND subject_id = :subjectId AND position = :position ORDER BY run_id
                """, UUID.class)
                .setParameter("subject", claim.subject())
                .setParameter("subjectId", claim.subjectId())
                .setParameter("position", claim.position())
                .getResultList();
        return runs.stream().map(UUID.class::cast).toList();
    }

    private MediaReports.Report report(MediaClaim.Held claim, String what) {
        return new MediaReports.Report(claim.name(), runs(claim), what, claim.url());
    }
}
