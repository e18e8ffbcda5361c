package org.openphoneimport.media;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;

/**
 * Lets files be downloaded again that have failed, that the store has lost, or that others have replaced: an operator, a repair
 * or a note that has changed asks for it. When a download that failed is tried again by itself is decided in
 * {@code MediaTable}, by {@link MediaConfig#retryDelays}.
 */
@ApplicationScoped
public class MediaReopening {

    private final EntityManager entityManager;

    MediaReopening(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Makes all files of a run due that had failed; returns how many. */
    @Transactional
    public int reopenFailed(UUID run) {
        return reopen(run, null);
    }

    /**
     * Makes a file of a run due that had failed, or that waits for another try.
     *
     * @param file as a {@link MediaReports.Report} names it
     * @return false when the run has no such file
     */
    @Transactional
    public boolean reopenFile(UUID run, String file) {
        return reopen(run, file) > 0;
    }

    /**
     * Lets a run try again what all runs before it have failed to download; what it has found itself is its own already.
     *
     * @return how many files
     */
    @Transactional
    public int takeOverFailed(UUID run) {
        return entityManager.createNativeQuery("""
                WITH failed AS (
                    UPDATE media SET status = 'pending', attempts = 0, due_at = clock_timestamp(), sent_at = NULL,
                        claim = NULL, tried_at = NULL, url_asked_at = NULL
                    WHERE status = 'failed' AND NOT EXISTS (SELECT FROM import_media AS found
                        WHERE found.run_id = :run AND found.subject = media.subject AND found.subject_id = media.subject_id
                            AND found.position = media.position)
                    RETURNING subject, subject_id, position
                )
                INSERT INTO import_media (run_id, subject, subject_id, position)
                SELECT :run, subject, subject_id, position FROM failed ORDER BY subject, subject_id, position
                """).setParameter("run", run).executeUpdate();
    }

    /**
     * Makes files due that were stored, and are not in the store as they were any more, or have been replaced, by what is under
     * the URL that they have now: runs have no longer stored them. A run that reads their document twice notes them once.
     */
    @Transactional
    public void fetchAgain(List<Media.Found> lost) {
        if (lost.isEmpty()) {
            return;
        }
        entityManager.createNativeQuery("""
                WITH lost AS (
                    UPDATE media SET url = lost.url, type = lost.type, status = 'pending', attempts = 0,
                        due_at = clock_timestamp(), sent_at = NULL, claim = NULL, tried_at = NULL, url_asked_at = NULL
                    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                        AS lost(subject text, subject_id text, position integer, url text, type text)
                    WHERE media.subject = lost.subject AND media.subject_id = lost.subject_id
                        AND media.position = lost.position AND (media.status = 'stored' OR media.url <> lost.url)
                    RETURNING media.subject, media.subject_id, media.position
                ), counted AS (
                    UPDATE import_media AS found SET counted = false FROM lost
                    WHERE found.subject = lost.subject AND found.subject_id = lost.subject_id
                        AND found.position = lost.position AND found.counted
                    RETURNING found.run_id
                )
                UPDATE import_runs SET processed_media = processed_media - share.files
                FROM (SELECT run_id, count(*) AS files FROM counted GROUP BY run_id) AS share
                WHERE import_runs.id = share.run_id
                """).setParameter("rows", JsonRows.rows(lost)).executeUpdate();
    }

    /** What is known of it stays, so that it can be taken back when the file arrives. */
    private int reopen(UUID run, @Nullable String file) {
        return entityManager.createNativeQuery("""
                UPDATE media SET status = 'pending', attempts = 0, due_at = clock_timestamp(), sent_at = NULL, claim = NULL,
                    tried_at = NULL, url_asked_at = NULL
                FROM import_media AS found
                WHERE found.run_id = :run AND found.subject = media.subject AND found.subject_id = media.subject_id
                    AND found.position = media.position
                    AND CASE WHEN CAST(:file AS text) IS NULL THEN media.status = 'failed'
                        ELSE media.subject || '/' || media.subject_id || '/' || media.position = CAST(:file AS text)
                            AND (media.status = 'failed' OR media.status = 'pending' AND media.claim IS NULL) END
                """).setParameter("run", run).setParameter("file", file).executeUpdate();
    }
}
