package org.openphoneimport.status;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openphoneimport.pace.Samples;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Database;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read each second while a run is watched depends on the run's pace and not on its size, nor on that of its log. It is
 * told from the blocks that Postgres looks at.
 */
@QuarkusTest
@ClockStopped
class GrowthTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static final int SMALL = 30_000;
    private static final int LARGE = 90_000;

    private static final String APPLICATION = """
            FROM statements.pg_stat_statements JOIN pg_roles ON pg_roles.oid = userid WHERE rolname = 'postgres' AND toplevel
                -- Parts of calls are counted, in an index alone, and so are those of contacts.
                AND query NOT LIKE '%jsonb_object_agg(part%'
            """;

    /** What the drawing of requests shows. */
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final Bench bench = Bench.get();
    private final Database database = bench.database();

    @Inject
    Snapshot snapshot;

    @Inject
    RunViews runs;

    @Inject
    Samples samples;

    @Inject
    Events events;

    @Inject
    Issues issues;

    @Test
    @Landing
    void watching_a_run_costs_as_much_however_large_it_and_its_log_are() {
        run(SMALL);
        long small = blocks();
        database.empty();

        run(LARGE);
        long large = blocks();

        // Three times as many, of which as many have been read in the last minutes.
        assertThat(large).as("after %d blocks %d: %s", small, large, costliest()).isLessThan(small * 5 / 2);
    }

    /** The blocks that are looked at when it is read once more, whatever has been read before. */
    private long blocks() {
        watch();
        database.forgetStatements();
        watch();
        return database.count("SELECT sum(shared_blks_hit + shared_blks_read) " + APPLICATION);
    }

    private String costliest() {
        return database.rows("""
                SELECT shared_blks_hit + shared_blks_read AS blocks, left(regexp_replace(query, '\\s+', ' ', 'g'), 100) AS query
                """ + APPLICATION + " ORDER BY 1 DESC LIMIT 5").stream()
                .map(row -> row.text("blocks") + " blocks: " + row.text("query")).collect(Collectors.joining("\n"));
    }

    private void watch() {
        snapshot.read(() -> {
            var view = runs.current().orElseThrow();
            runs.brief(5);
            samples.read(RUN, view.now(), HALF_AN_HOUR);
            issues.read(RUN, Issues.Filter.OPEN, 0, 5);
            return events.read(RUN, Events.Filter.NEWEST, 8);
        });
    }

    /** A run in its middle: as many lines of its log as it has conversations, of which ten a second have been read. */
    private void run(int size) {
        database.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, listed_at, listing_stage, total_conversations,
                    processed_conversations, started_at)
                VALUES (?, 'historical', 'running', '2020-01-01', 'growth', now() - interval '1 day', 'done', ?, ?,
                    now() - interval '1 day')
                """, RUN, size, size / 2);
        database.execute("""
                INSERT INTO import_batches (run_id, number, status, sent_at)
                SELECT ?, number, CASE WHEN number <= ? / 200 THEN 'done' ELSE 'pending' END, now()
                FROM generate_series(1, ? / 100) AS number
                """, RUN, size, size);
        database.execute("""
                INSERT INTO conversations (id, participants, payload)
                SELECT 'CN' || number, ARRAY['+16175550100'], '{}' FROM generate_series(1, ?) AS number
                """, size);
        database.execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id, status, completed_at)
                SELECT batch.run_id, batch.id, 'CN' || each, CASE WHEN batch.status = 'done' THEN 'done' ELSE 'pending' END,
                    CASE WHEN batch.status = 'done' THEN now() - (? / 2 - each) * interval '0.1 seconds' END
                FROM generate_series(1, ?) AS each JOIN import_batches AS batch ON batch.number = (each - 1) / 100 + 1
                """, size, size);
        database.execute("""
                INSERT INTO import_events (run_id, at, level, kind, what, figures)
                SELECT ?, now() - (? - number) * interval '0.6 seconds', 'info',
                    CASE WHEN number = 1 THEN 'status' WHEN number % 100 = 2 THEN 'sample' ELSE 'batch' END,
                    'Imported a batch of some conversations', CASE WHEN number % 100 = 2 THEN CAST('{"granted":1}' AS jsonb) END
                FROM generate_series(1, ?) AS number
                """, RUN, size, size);
        database.execute("""
                INSERT INTO call_parts (call_id, kind, status, run_id, asked_at)
                SELECT 'AC' || number, 'recordings', CASE WHEN number <= ? / 5 THEN 'stored' ELSE 'pending' END, ?,
                    CASE WHEN number <= ? / 5 THEN now() - (? / 5 - number) * interval '0.1 seconds' END
                FROM generate_series(1, ? * 2 / 5) AS number
                """, size, RUN, size, size, size);
        database.execute("""
                INSERT INTO media (subject, subject_id, url, status, tried_at)
                SELECT 'message', 'AC' || number, 'https://media.example.com/' || number, 'stored', now()
                FROM generate_series(1, ? / 9) AS number
                """, size);
        database.execute("INSERT INTO import_media (run_id, subject, subject_id, position) "
                + "SELECT ?, subject, subject_id, position FROM media", RUN);
        database.execute("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what, resolved_at)
                SELECT ?, 'warning', 'messages', 'message', 'AC' || number, 'It is odd', CASE WHEN number > 20 THEN now() END
                FROM generate_series(1, ? / 10) AS number
                """, RUN, size);
        for (var table : new String[] { "import_runs", "import_batches", "conversations", "import_conversations",
                "import_events", "call_parts", "media", "import_media", "import_issues" }) {
            database.execute("VACUUM ANALYZE " + table);
        }
    }
}
