package org.openphoneimport.verification;

import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OwnRows;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What the other API said of the workspace it said of the run that was imported last. */
@QuarkusTest
@TestTransaction
class TestimoniesTest {

    private static final UUID OLD = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID NEW = UUID.fromString("00000000-0000-0000-0000-000000000002");

    @Inject
    Testimonies testimonies;

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        Bench.get().reset();
    }

    @Test
    void what_is_verified_by_hand_says_nothing_of_what_was_imported_since() {
        importThroughBothAndThenThroughOne();
        verification(OLD, true, 40);
        verification(NEW, true, 0);
        verification(OLD, false, 40);

        assertThat(testimonies.last().orElseThrow().witness()).isNull();
    }

    @Test
    void nor_does_a_retry_of_an_older_run() {
        importThroughBothAndThenThroughOne();
        verification(NEW, true, 0);
        verification(OLD, true, 40);

        assertThat(testimonies.last().orElseThrow().witness()).isNull();
    }

    @Test
    void a_verification_by_hand_that_compared_nothing_hides_none_that_did() {
        run(OLD, "2026-03-10", "'v1'");
        verification(OLD, true, 40);
        verification(OLD, false, 0);

        assertThat(testimonies.last().orElseThrow().compared()).isEqualTo(40);
    }

    @Test
    void of_versions_that_did_not_say_which_one_ended_a_run_the_last_one_counts() {
        run(OLD, "2026-03-10", "'v1'");
        verification(OLD, false, 30);
        verification(OLD, false, 40);

        assertThat(testimonies.last().orElseThrow().compared()).isEqualTo(40);
    }

    private void importThroughBothAndThenThroughOne() {
        run(OLD, "2026-03-10", "'v1'");
        run(NEW, "2026-03-11", "NULL");
    }

    private void run(UUID id, String createdAt, String witness) {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, created_at, api, witness)
                VALUES (?, 'reconciliation', 'completed', '2020-01-01', 'hash', CAST(? AS timestamptz), '2026-03-30', %s)
                """.formatted(witness), id, createdAt);
    }

    private void verification(UUID run, boolean endsRun, int compared) {
        rows.execute("""
                INSERT INTO verifications (run_id, status, ends_run, checks)
                VALUES (?, 'clean', ?, jsonb_build_array(jsonb_build_object('name', ?, 'checked', CAST(? AS int))))
                """, run, endsRun, Check.WITNESS.title(), compared);
    }
}
