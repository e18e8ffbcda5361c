package org.openphoneimport.listing;

import java.time.Instant;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.run.RunType;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class ListingLeaseTest {

    private final Bench bench = Bench.get();

    @Inject
    ListingLease lease;

    @BeforeEach
    @AfterEach
    void reset() {
        bench.reset();
    }

    /** Five that are only slow must not look like five that died. */
    @Test
    void a_worker_that_comes_back_after_its_lease_has_not_died() {
        var slow = heldUntilNow();
        // Before keep-runs can have one start that goes on.
        var other = lease.claim(slow.run()).orElseThrow();
        assertThat(other.deaths()).isEqualTo(1);

        lease.release(slow);

        var run = bench.run(slow.run());
        assertThat(run.number("listing_deaths")).isZero();
        assertThat(run.uuid("listing_lease_owner")).isEqualTo(other.owner());
        lease.release(other);
    }

    private ListingClaim heldUntilNow() {
        var run = bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash, listing_lease_owner, listing_lease_until)
                VALUES ('historical', 'running', now(), 'hash', gen_random_uuid(), now())
                RETURNING id, listing_lease_owner
                """);
        return new ListingClaim(run.uuid("id"), run.uuid("listing_lease_owner"), RunType.HISTORICAL,
                true, Instant.now(),
                new ListingCheckpoint(ListingStage.EVERYTHING, null), Generation.V1, null, 0);
    }
}
