package org.openphoneimport.call;

import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.SummaryDocument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A call in short, as stored. */
@Entity
@Table(name = "call_summaries")
public class Summary extends PanacheEntityBase {

    @Id
    @Column(name = "call_id")
    public String callId;

    public @Nullable String status;

    public String[] summary;

    @Column(name = "next_steps")
    public String[] nextSteps;

    /** A summary that was received. */
    @RegisterForReflection(registerFullHierarchy = true)
    public record Received(String callId, @JsonUnwrapped SummaryDocument document) {
    }

    /** Stores what was received. */
    public static void store(List<Received> received, UUID run) {
        if (received.isEmpty()) {
            return;
        }
        getEntityManager().createNativeQuery("""
                INSERT INTO call_summaries AS stored (call_id, status, summary, next_steps, payload, last_run_id)
                SELECT DISTINCT ON (call_id) call_id, status, summary, next_steps, payload, :run
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(call_id text, status text, summary text[],
                    next_steps text[], payload jsonb)
                ORDER BY call_id
                ON CONFLICT (call_id) DO UPDATE SET
                    status = excluded.status, summary = excluded.summary, next_steps = excluded.next_steps,
                    payload = excluded.payload, last_run_id = excluded.last_run_id
                """)
                .setParameter("run", run)
                .setParameter("rows", JsonRows.rows(received))
                .executeUpdate();
    }
}
