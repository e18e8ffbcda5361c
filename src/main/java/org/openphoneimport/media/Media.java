package org.openphoneimport.media;

import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Documents;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;

/** A file that something points to, and whether we have it. */
@Entity
@Table(name = "media")
public class Media extends PanacheEntityBase {

    @Id
    public Long id;

    /** What points to it: message, recording or voicemail. */
    public String subject;

    @Column(name = "subject_id")
    public String subjectId;

    public String url;

    public String status;

    /**
     * A file that was found.
     *
     * @param subject what points to it: message, recording or voicemail
     * @param position which of its files
     * @param type MIME
     */
    public record Found(String subject, String subjectId, int position, String url, @Nullable String type) {
    }

    /**
     * Notes files that are to be downloaded. A URL that has changed is due again, unless the file is stored.
     *
     * @return how many of them this run had not found before
     */
    public static int note(List<Found> found, UUID run) {
        if (found.isEmpty()) {
            return 0;
        }
        return getEntityManager().createNativeQuery("""
                INSERT INTO media AS stored (subject, subject_id, position, url, type, last_run_id)
                SELECT DISTINCT ON (subject, subject_id, position) subject, subject_id, position, url, type, :run
                FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                    AS found(subject text, subject_id text, position integer, url text, type text)
                ORDER BY subject, subject_id, position
                ON CONFLICT ON CONSTRAINT media_subject_ukey DO UPDATE SET
                    url = excluded.url, type = excluded.type, last_run_id = excluded.last_run_id
                WHERE stored.last_run_id IS DISTINCT FROM excluded.last_run_id
                """)
                .setParameter("run", run)
                .setParameter("rows", Documents.rows(found))
                .executeUpdate();
    }
}
