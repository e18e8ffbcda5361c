package org.openphoneimport.listing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.OwnRows;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The slices of time that a run reads. Its conversations were active in three months of 2025, much in each. */
@QuarkusTest
@TestTransaction
class SliceCutterTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();

    @Inject
    SliceCutter cutter;

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    @Landing
    void the_outer_ends_are_open_without_a_window() {
        run();

        int slices = cutter.cut(RUN, null, true);

        assertThat(slices()).hasSize(slices).hasSizeGreaterThan(1).startsWith("1 2025-05-01..")
                .last().asString().startsWith(slices + " ..");
    }

    @Test
    void the_outer_ends_are_those_of_the_window() {
        run();
        rows.execute("UPDATE import_runs SET window_to = '2025-04-10T00:00:00Z'");

        cutter.cut(RUN, Instant.parse("2025-03-05T00:00:00Z"), true);

        assertThat(slices()).first().asString().endsWith("..2025-04-10");
        assertThat(slices()).last().asString().contains(" 2025-03-05..");
        assertThat(rows.text("SELECT CAST(count(*) AS text) FROM import_batches WHERE slice_from >= slice_to")).isEqualTo("0");
    }

    @Test
    void slices_leave_out_nothing_between_them() {
        run();

        cutter.cut(RUN, null, true);

        assertThat(rows.text("""
                SELECT CAST(range_agg(tstzrange(slice_from, slice_to)) AS text) FROM import_batches WHERE kind = 'slice'
                """)).isEqualTo("{(,)}");
    }

    @Test
    void where_openphone_ignores_times_all_is_one_slice() {
        run();

        assertThat(cutter.cut(RUN, null, false)).isEqualTo(1);

        assertThat(slices()).containsExactly("1 ..");
        assertThat(rows.text("SELECT CAST(slice_unfiltered AS text) FROM import_batches")).isEqualTo("true");
    }

    @Test
    void after_a_listing_that_was_repeated_the_newest_slice_alone_is_read_again() {
        run();
        cutter.cut(RUN, null, true);
        rows.execute("UPDATE import_batches SET status = 'done', slice_stage = 'done', slice_place = '2025-01-01'");

        assertThat(cutter.cut(RUN, null, true)).isEqualTo(1);

        assertThat(rows.text("""
                SELECT string_agg(number || ' ' || slice_stage || ' ' || coalesce(CAST(slice_place AS text), 'beginning'), ', ')
                FROM import_batches WHERE status = 'pending'
                """)).isEqualTo("1 messages beginning");
    }

    /** The newest first, with days for ends. */
    private List<String> slices() {
        return rows.rows("""
                SELECT number || ' ' || coalesce(to_char(slice_from AT TIME ZONE 'UTC', 'YYYY-MM-DD'), '') || '..'
                    || coalesce(to_char(slice_to AT TIME ZONE 'UTC', 'YYYY-MM-DD'), '') AS text
                FROM import_batches ORDER BY number
                """).stream().map(row -> row.get("text", String.class)).toList();
    }

    private void run() {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, api)
                VALUES (?, 'historical', 'completed', '2020-01-01', 'hash', '2026-03-30')
                """, RUN);
        rows.execute(
                """
                        INSERT INTO conversations (id, created_at, last_activity_at, payload)
                        SELECT 'CN' || number, at, at, '{}' FROM generate_series(0, 899) AS number
                        CROSS JOIN LATERAL (SELECT CAST('2025-03-15T00:00:00Z' AS timestamptz) + number % 3 * interval '1 month' AS at) AS times
                        """);
        rows.execute("INSERT INTO import_conversations (run_id, conversation_id) SELECT ?, id FROM conversations", RUN);
    }
}
