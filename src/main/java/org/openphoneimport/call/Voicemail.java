package org.openphoneimport.call;

import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Documents;
import org.openphoneimport.openphone.VoicemailDocument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A call's voicemail as stored; its file is a row of {@code media}. */
@Entity
@Table(name = "call_voicemails")
public class Voicemail extends PanacheEntityBase {

    @Id
    public String id;

    @Column(name = "call_id")
    public String callId;

    public @Nullable String status;

    public @Nullable String transcript;

    /** A voicemail that was received. */
    @RegisterForReflection(registerFullHierarchy = true)
    public record Received(String callId, @JsonUnwrapped VoicemailDocument document) {
    }

    /** Stores what was received. */
    public static void store(List<Received> received, UUID run) {
        if (received.isEmpty()) {
            return;
        }
        getEntityManager().createNativeQuery("""
                INSERT INTO call_voicemails AS stored (id, call_id, status, duration, transcript, recording_url, payload,
                    last_run_id)
                SELECT DISTINCT ON (id) id, call_id, status, duration, transcript, recording_url, payload, :run
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text, call_id text, status text,
                    duration integer, transcript text, recording_url text, payload jsonb)
                ORDER BY id
                ON CONFLICT (id) DO UPDATE SET
                    call_id = excluded.call_id, status = excluded.status, duration = excluded.duration,
                    transcript = excluded.transcript, recording_url = excluded.recording_url, payload = excluded.payload,
                    last_run_id = excluded.last_run_id
                """)
                .setParameter("run", run)
                .setParameter("rows", Documents.rows(received))
                .executeUpdate();
    }
}
