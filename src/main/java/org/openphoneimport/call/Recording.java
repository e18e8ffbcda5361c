package org.openphoneimport.call;

import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.RecordingDocument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A segment of a call's recording as stored; its file is a row of {@code media}. */
@Entity
@Table(name = "call_recordings")
@IdClass(Recording.Key.class)
public class Recording extends PanacheEntityBase {

    @Id
    public String id;

    @Id
    @Column(name = "call_id")
    public String callId;

    public @Nullable String status;

    /** A recording that was received. */
    @RegisterForReflection(registerFullHierarchy = true)
    public record Received(String callId, @JsonUnwrapped RecordingDocument document) {
    }

    /**
     * Stores what was received.
     *
     * @return where their files are
     */
    public static PartFiles store(List<Received> received, UUID run) {
        if (received.isEmpty()) {
            return PartFiles.NONE;
        }
        return PartFiles.store("recording", received, """
                INSERT INTO call_recordings AS stored (id, call_id, position, status, start_time, duration, type, url, payload,
                    last_run_id)
                SELECT part.id, part.call_id,
                    (SELECT coalesce(max(position) + 1, 0) FROM call_recordings AS other WHERE other.id = part.id)
                        + row_number() OVER (PARTITION BY part.id ORDER BY part.call_id) - 1,
                    part.status, part.start_time, part.duration, part.type, part.url, part.payload, :run
                FROM (SELECT DISTINCT ON (call_id, id) *
                    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, call_id text, status text,
                    start_time timestamptz, duration integer, type text, url text, payload jsonb)
                    ORDER BY call_id, id) AS part
                ORDER BY part.call_id, part.id
                ON CONFLICT (call_id, id) DO UPDATE SET
                    status = excluded.status, start_time = excluded.start_time, duration = excluded.duration,
                    type = excluded.type, url = excluded.url, payload = excluded.payload, last_run_id = excluded.last_run_id
                RETURNING stored.call_id, stored.id, stored.position
                """, run);
    }

    /** One id may stand under several calls. */
    record Key(String id, String callId) {
    }
}
