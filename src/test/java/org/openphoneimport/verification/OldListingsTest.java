package org.openphoneimport.verification;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What was listed is kept as long as something may be repaired from it, and not for each run that ever failed. */
@QuarkusTest
@ClockStopped
class OldListingsTest {

    private static final UUID FAILED = run(1);
    private static final UUID CANCELLED = run(2);
    private static final UUID VERIFIED = run(3);
    private static final UUID WATCHED = run(4);
    private static final UUID LAST = run(5);

    private final Bench bench = Bench.get();

    @Inject
    Verifications verifications;

    @Test
    void listings_of_runs_that_nothing_repairs_any_more_are_forgotten() {
        bench.database().execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, listing_stage, created_at)
                SELECT CAST(id AS uuid), 'historical', status, '2020-01-01', 'k', 'done', now() - interval '1 hour' * age
                FROM (VALUES ('%s', 'failed', 5), ('%s', 'cancelled', 4), ('%s', 'failed', 3), ('%s', 'cancelled', 2),
                    ('%s', 'failed', 1)) AS run(id, status, age)
                """.formatted(FAILED, CANCELLED, VERIFIED, WATCHED, LAST));
        // A worker has it, so that no other goes on with it.
        bench.database().execute("""
                INSERT INTO verifications (run_id, status, stage, lease_owner, lease_until, listing_id)
                VALUES (?, 'running', 'listing', gen_random_uuid(), now() + interval '20 seconds', ?)
                """, WATCHED, WATCHED);
        bench.database().execute("""
                INSERT INTO listed_conversations (listing_id, conversation_id, payload)
                SELECT id, 'CN' || number, '{}' FROM import_runs, generate_series(1, 3) AS number
                """);

        verifications.begin(VERIFIED, false, false);

        assertThat(bench.database().rows("SELECT DISTINCT listing_id FROM listed_conversations ORDER BY listing_id"))
                .extracting(row -> row.uuid("listing_id")).isEqualTo(List.of(VERIFIED, WATCHED, LAST));
        bench.database().execute("DELETE FROM verifications");
    }

    private static UUID run(int number) {
        return new UUID(0, number);
    }
}
