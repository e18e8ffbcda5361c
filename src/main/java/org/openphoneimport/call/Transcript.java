package org.openphoneimport.call;

import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.TranscriptDocument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What was said in a call, as stored. */
@Entity
@Table(name = "call_transcripts")
public class Transcript extends PanacheEntityBase {

    @Id
    @Column(name = "call_id")
    public String callId;

    public @Nullable String status;

    /** Seconds. */
    public @Nullable Double duration;

    /** A transcript that was received. */
    @RegisterForReflection(registerFullHierarchy = true)
    public record Received(String callId, @JsonUnwrapped TranscriptDocument document) {
    }

    /** Stores what was received. */
    public static void store(List<Received> received, UUID run) {
        if (received.isEmpty()) {
            return;
        }
        getEntityManager().createNativeQuery("""
                INSERT INTO call_transcripts AS stored (call_id, status, duration, dialogue, segments, created_at, payload,
                    last_run_id)
                SELECT DISTINCT ON (call_id) call_id, status, duration, dialogue, segments, created_at, payload, :run
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(call_id text, status text,
                    duration double precision, dialogue jsonb, segments jsonb, created_at timestamptz, payload jsonb)
                ORDER BY call_id
                ON CONFLICT (call_id) DO UPDATE SET
                    status = excluded.status, duration = excluded.duration, dialogue = excluded.dialogue,
                    segments = excluded.segments,
                    created_at = excluded.created_at, payload = excluded.payload, last_run_id = excluded.last_run_id
                """)
                .setParameter("run", run)
                .setParameter("rows", JsonRows.rows(received))
                .executeUpdate();
    }
}
