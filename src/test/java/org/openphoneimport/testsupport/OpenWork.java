package org.openphoneimport.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a run waits for, in sentences, for the failure of a test that has waited for the run's end. */
public final class OpenWork {

    private static final String DUE = """
            CASE WHEN due_at > clock_timestamp() THEN 'due in ' || round(extract(epoch FROM due_at - clock_timestamp()), 1) || ' s'
                ELSE 'due since ' || round(extract(epoch FROM clock_timestamp() - due_at), 1) || ' s' END""";

    private static final String LEASE = """
            CASE WHEN %1$s IS NULL THEN 'without a lease'
                WHEN %1$s > clock_timestamp() THEN 'leased for another '
                    || round(extract(epoch FROM %1$s - clock_timestamp()), 1) || ' s'
                ELSE 'its lease ended ' || round(extract(epoch FROM clock_timestamp() - %1$s), 1) || ' s ago' END""";

    private final Database database;
    private final UUID run;
    private final List<String> sentences = new ArrayList<>();

    private OpenWork(Database database, UUID run) {
        this.database = database;
        this.run = run;
    }

    /** Looks at the tables as they are now. */
    public static String of(Database database, UUID run) {
        return new OpenWork(database, run).describe();
    }

    private String describe() {
        say("The run is", """
                SELECT status || coalesce(': ' || reason, '') FROM import_runs WHERE id = ?""");
        say("The listing is not done:", """
                SELECT 'stage ' || listing_stage || ', ' || %s || coalesce(', it waits: ' || listing_waiting_for, '')
                FROM import_runs WHERE id = ? AND listing_stage <> 'done'""".formatted(LEASE.formatted("listing_lease_until")));
        say("Slices of the listing are open:", """
                SELECT 'number ' || number || ' from ' || place FROM listing_slices
                WHERE run_id = ? AND status = 'pending' ORDER BY number""");
        say("Batches are open:", """
                SELECT kind || ' ' || number || ' (' || status || ', ' || %s || ', ' || %s
                    || CASE WHEN sent_at IS NULL THEN ', not sent' ELSE '' END || ', attempt ' || attempts
                    || coalesce(', slice ' || slice_stage || ' at ' || coalesce(CAST(slice_place AS text), 'its beginning'), '')
                    || coalesce(', it waits: ' || waiting_for, '') || ')'
                FROM import_batches WHERE run_id = ? AND status IN ('pending', 'running') ORDER BY number"""
                .formatted(DUE, LEASE.formatted("lease_until")));
        say("Conversations are open:", """
                SELECT conversation_id || ' (' || coalesce('batch ' || batch.number || ' ' || batch.status, 'in no batch')
                    || ', ' || stage || ', unanswered ' || reading.attempts || ' times)'
                FROM import_conversations AS reading LEFT JOIN import_batches AS batch ON batch.id = reading.batch_id
                WHERE reading.run_id = ? AND reading.status = 'pending' ORDER BY conversation_id""");
        say("Parts of calls are open:", """
                SELECT kind || ' of ' || call_id || CASE WHEN batch_id IS NULL THEN ' (in no batch)' ELSE '' END
                FROM call_parts WHERE run_id = ? AND status = 'pending' ORDER BY call_id, kind""");
        say("Parts of contacts and numbers are open:", """
                SELECT kind || ' of ' || subject_id || CASE WHEN batch_id IS NULL THEN ' (in no batch)' ELSE '' END
                FROM directory_parts WHERE run_id = ? AND status = 'pending' ORDER BY subject_id, kind""");
        say("Files were not tried yet:", """
                SELECT subject || ' ' || subject_id || ' (attempt ' || attempts || ', ' || %s
                    || CASE WHEN claim IS NULL THEN '' ELSE ', claimed' END || ')'
                FROM media JOIN import_media USING (subject, subject_id, position)
                WHERE import_media.run_id = ? AND media.status = 'pending' AND media.tried_at IS NULL ORDER BY media.id"""
                .formatted(DUE));
        say("A verification is running:", """
                SELECT 'stage ' || stage || ', attempt ' || attempts || ', ' || %s
                FROM verifications WHERE run_id = ? AND status = 'running'""".formatted(LEASE.formatted("lease_until")));
        say("Requests are blocked:", """
                SELECT 'for another ' || round(extract(epoch FROM blocked_until - clock_timestamp()), 1) || ' s'
                FROM rate_limits WHERE blocked_until > clock_timestamp()
                    AND key_hash = (SELECT key_hash FROM import_runs WHERE id = ?)""");
        say("keep-runs holds:", """
                SELECT task || ', ' || %s FROM keep_leases WHERE CAST(? AS uuid) IS NOT NULL
                """.formatted(LEASE.formatted("lease_until")));
        say("What happened last:", """
                SELECT to_char(at, 'HH24:MI:SS') || ' ' || what FROM (
                    SELECT * FROM import_events WHERE run_id = ? AND kind <> 'sample' ORDER BY id DESC LIMIT 8) AS event
                ORDER BY id""");
        return String.join("\n", sentences);
    }

    private void say(String what, String query) {
        var rows = database.rows(query, run).stream().map(row -> String.valueOf(row.columns().values().iterator().next()))
                .toList();
        if (!rows.isEmpty()) {
            var some = rows.stream().limit(10).collect(Collectors.joining("; "));
            sentences.add(what + " " + some + (rows.size() > 10 ? "; and %d more".formatted(rows.size() - 10) : "") + ".");
        }
    }
}
