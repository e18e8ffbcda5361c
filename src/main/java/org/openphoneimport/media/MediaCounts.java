package org.openphoneimport.media;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Counts files: in the runs' own rows those that are stored, and for the page where the others are. One statement counts
 * {@code processed_media} and marks what it has counted, so it may be called as often as you like.
 */
@ApplicationScoped
public class MediaCounts {

    private final EntityManager entityManager;

    MediaCounts(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * The files of a run that are not here.
     *
     * @param waiting tried without success, to be tried again
     * @param failed all tries are used up
     */
    @RegisterForReflection
    public record Figures(long waiting, long failed) {

        /** Nothing was counted. */
        public static final Figures NONE = new Figures(0, 0);
    }

    /** What has become of those of a run's files that are not stored. */
    public Figures of(UUID run) {
        return (Figures) entityManager.createNativeQuery("""
                SELECT count(*) FILTER (WHERE media.status = 'pending' AND media.tried_at IS NOT NULL) AS waiting,
                    count(*) FILTER (WHERE media.status = 'failed') AS failed
                FROM import_media JOIN media USING (subject, subject_id, position)
                WHERE import_media.run_id = :run AND media.status <> 'stored'
                """, Figures.class).setParameter("run", run).getSingleResult();
    }

    /** Whether there are files of a run without a download; one whose download died counts as tried. */
    @Transactional
    public boolean someUntried(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_media JOIN media USING (subject, subject_id, position)
                    WHERE import_media.run_id = :run AND media.status = 'pending' AND media.tried_at IS NULL
                        AND (media.attempts = 0 OR media.due_at > clock_timestamp()))
                """).setParameter("run", run).getSingleResult();
    }

    /** Counts these files in all runs that found them, if they are stored and have not been counted there. */
    @Transactional
    void count(Collection<Long> files) {
        count(false, files);
    }

    /** Counts whatever was not, such as files that were stored when a run found them. */
    @Transactional
    void countAll() {
        count(true, List.of());
    }

    private void count(boolean all, Collection<Long> files) {
        entityManager.createNativeQuery("""
                WITH stored AS (
                    SELECT found.ctid AS place FROM import_media AS found JOIN media USING (subject, subject_id, position)
                    WHERE NOT found.counted AND media.status = 'stored'
                        AND (:all OR media.id = ANY(:files))
                    ORDER BY found.run_id, subject, subject_id, position
                    FOR UPDATE OF found SKIP LOCKED
                ), counted AS (
                    UPDATE import_media SET counted = true WHERE ctid IN (SELECT place FROM stored) RETURNING run_id
                ), share AS (
                    SELECT run_id, count(*) AS files FROM counted GROUP BY run_id
                )
                UPDATE import_runs SET processed_media = processed_media + share.files FROM share
                WHERE import_runs.id = share.run_id
                """)
                .setParameter("all", all)
                .setParameter("files", files.toArray(Long[]::new))
                .executeUpdate();
    }
}
