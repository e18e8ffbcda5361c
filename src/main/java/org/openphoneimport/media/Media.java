package org.openphoneimport.media;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A file that something points to, and whether we have it. */
@Entity
@Table(name = "media")
public class Media extends PanacheEntityBase {

    @Id
    public Long id;

    /** What points to it: message, recording, voicemail or note. */
    public String subject;

    @Column(name = "subject_id")
    public String subjectId;

    /** Which of its files. */
    public int position;

    public String url;

    /** pending, stored or failed. */
    public String status;

    /** Downloads that were begun. */
    public int attempts;

    /** Where it is stored; null until it is. */
    @Column(name = "storage_key")
    public @Nullable String storageKey;

    /** MIME, as its host declared it. */
    @Column(name = "content_type")
    public @Nullable String contentType;

    /** In bytes. */
    public @Nullable Long size;

    /** In hexadecimal. */
    public @Nullable String sha256;

    @Column(name = "stored_at")
    public @Nullable Instant storedAt;

    /** Why it is not here, in a sentence. */
    public @Nullable String finding;

    /**
     * A file that was found.
     *
     * @param subject what points to it: message, recording, voicemail or note
     * @param position which of its files
     * @param type MIME
     */
    @RegisterForReflection
    public record Found(String subject, String subjectId, int position, String url, @Nullable String type) {
    }

    /**
     * Notes files that are to be downloaded. One that had failed, or whose URL has changed, is due again, unless it is stored.
     * {@link MediaSender} sends them after the commit.
     *
     * @return how many of them this run had not found before
     */
    public static int note(List<Found> found, UUID run) {
        if (found.isEmpty()) {
            return 0;
        }
        return getEntityManager().createNativeQuery("""
                WITH found AS (
                    SELECT DISTINCT ON (subject, subject_id, position) subject, subject_id, position, url, type
                    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                        AS found(subject text, subject_id text, position integer, url text, type text)
                    ORDER BY subject, subject_id, position
                ), noted AS (
                    INSERT INTO media AS known (subject, subject_id, position, url, type, last_run_id)
                    SELECT subject, subject_id, position, url, type, :run FROM found ORDER BY subject, subject_id, position
                    ON CONFLICT ON CONSTRAINT media_subject_ukey DO UPDATE SET
                        url = excluded.url, type = excluded.type, last_run_id = excluded.last_run_id,
                        (status, attempts, due_at, sent_at, claim, tried_at, url_asked_at) = (
                            SELECT 'pending', 0, clock_timestamp(), CAST(NULL AS timestamptz), CAST(NULL AS uuid),
                                CAST(NULL AS timestamptz), CAST(NULL AS timestamptz)
                            WHERE known.status = 'failed' OR known.status = 'pending' AND known.url <> excluded.url
                            UNION ALL
                            -- The record that another run has sent is dropped when that run has ended.
                            SELECT known.status, known.attempts, known.due_at,
                                CASE WHEN known.claim IS NOT NULL THEN known.sent_at END, known.claim, known.tried_at,
                                known.url_asked_at
                            WHERE known.status = 'stored' OR known.status = 'pending' AND known.url = excluded.url)
                    WHERE known.last_run_id IS DISTINCT FROM excluded.last_run_id
                )
                INSERT INTO import_media (run_id, subject, subject_id, position)
                SELECT :run, subject, subject_id, position FROM found ORDER BY subject, subject_id, position
                ON CONFLICT DO NOTHING
                """)
                .setParameter("run", run)
                .setParameter("rows", JsonRows.rows(found))
                .executeUpdate();
    }

    /** Notes that the records of files are on the queue. */
    static void noteSent(Collection<Long> files) {
        getEntityManager().createNativeQuery("""
                UPDATE media SET sent_at = clock_timestamp() WHERE id IN (
                    -- In the order in which those who note files lock them.
                    SELECT id FROM media WHERE id = ANY(:files) ORDER BY subject, subject_id, position FOR UPDATE)
                """).setParameter("files", files.toArray(Long[]::new)).executeUpdate();
    }

    /** Lets the files that a run waits for be sent again, whatever became of their records. */
    public static void forgetRecords(UUID run) {
        getEntityManager().createNativeQuery("""
                UPDATE media SET sent_at = NULL FROM import_media AS found
                WHERE found.run_id = :run AND media.status = 'pending'
                    AND (media.subject, media.subject_id, media.position) = (found.subject, found.subject_id, found.position)
                """).setParameter("run", run).executeUpdate();
    }
}
