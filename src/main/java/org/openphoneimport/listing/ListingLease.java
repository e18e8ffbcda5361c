package org.openphoneimport.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.Runs;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The lease on a listing: one worker lists at a time, and what keeps it from going on is noted with the run. */
@ApplicationScoped
public class ListingLease {

    private final EntityManager entityManager;
    private final ImportConfig config;

    ListingLease(EntityManager entityManager, ImportConfig config) {
        this.entityManager = entityManager;
        this.config = config;
    }

    @RegisterForReflection
    private record Row(String type, boolean onlyV1, Instant listingStartedAt, String listingStage,
            @Nullable String listingToken, String api,
            @Nullable String witness, int listingDeaths) {
    }

    /** Takes the listing; empty when it has ended, or another worker holds it. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ListingClaim> claim(UUID run) {
        var owner = UUID.randomUUID();
        List<?> claimed = entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    listing_lease_owner = :owner,
                    listing_lease_until = clock_timestamp() + :lease * interval '1 second',
                    listing_deaths = listing_deaths + CASE WHEN listing_lease_owner IS NULL THEN 0 ELSE 1 END,
                    listing_started_at = coalesce(listing_started_at, clock_timestamp()),
                    listing_moved_at = CASE WHEN listing_waiting_for IS NULL THEN clock_timestamp() ELSE listing_moved_at END
                WHERE id = :run AND status = 'running' AND listing_stage <> 'done'
                    AND (listing_lease_until IS NULL OR listing_lease_until < clock_timestamp())
                RETURNING type, only_v1, listing_started_at, listing_stage, listing_token, api, witness, listing_deaths
                """, Row.class)
                .setParameter("owner", owner)
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("run", run)
                .getResultList();
        return claimed.stream().map(Row.class::cast).findFirst().map(row -> new ListingClaim(run, owner,
                RunType.valueOf(row.type().toUpperCase(Locale.ROOT)), row.onlyV1(), row.listingStartedAt(),
                new ListingCheckpoint(ListingStage.valueOf(row.listingStage().toUpperCase(Locale.ROOT)), row.listingToken()),
                Generation.of(row.api()), row.witness() == null ? null : Generation.of(row.witness()), row.listingDeaths()));
    }

    /** Renews the lease of a listing that got on; returns false when it is another worker's by now. */
    @Transactional
    boolean renew(ListingClaim claim) {
        return entityManager
                .createNativeQuery(
                        """
                                UPDATE import_runs SET listing_lease_until = clock_timestamp() + :lease * interval '1 second', listing_deaths = 0,
                                    listing_moved_at = clock_timestamp(), listing_waiting_for = NULL
                                WHERE id = :run AND listing_lease_owner = :owner AND %s
                                """
                                .formatted(Runs.GOES_ON))
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("run", claim.run())
                .setParameter("owner", claim.owner())
                .executeUpdate() == 1;
    }

    /** Gives the listing back. A worker that has taken it meanwhile counted a death, though this one is alive. */
    @Transactional(TxType.REQUIRES_NEW)
    void release(ListingClaim claim) {
        entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    listing_deaths = CASE WHEN listing_lease_owner = :owner THEN listing_deaths
                        ELSE greatest(listing_deaths - 1, 0) END,
                    listing_lease_until = CASE WHEN listing_lease_owner = :owner THEN NULL ELSE listing_lease_until END,
                    listing_lease_owner = CASE WHEN listing_lease_owner = :owner THEN NULL ELSE listing_lease_owner END
                WHERE id = :run
                """).setParameter("run", claim.run()).setParameter("owner", claim.owner()).executeUpdate();
    }

    /**
     * Notes why the listing could not go on.
     *
     * @return for how long it has not
     */
    @Transactional(TxType.REQUIRES_NEW)
    Duration noteWait(ListingClaim claim, String why) {
        return Duration.ofMillis(Math.round(1000 * (Double) entityManager.createNativeQuery("""
                UPDATE import_runs SET listing_waiting_for = :why WHERE id = :run
                RETURNING CAST(extract(epoch FROM clock_timestamp() - listing_moved_at) AS double precision)
                """, Double.class).setParameter("why", why).setParameter("run", claim.run()).getSingleResult()));
    }

    /** Returns how often OpenPhone has not answered in a row for what the listing wants next. */
    @Transactional(TxType.REQUIRES_NEW)
    int countFailure(ListingClaim claim) {
        return (Integer) entityManager.createNativeQuery("""
                UPDATE import_runs SET listing_failures = listing_failures + 1 WHERE id = :run RETURNING listing_failures
                """, Integer.class).setParameter("run", claim.run()).getSingleResult();
    }

    /** A listing that was given up goes on where it stands. */
    @Transactional
    public void forgetDeaths(UUID run) {
        entityManager.createNativeQuery("UPDATE import_runs SET listing_deaths = 0 WHERE id = :run").setParameter("run", run)
                .executeUpdate();
    }

    /** A listing that has ended, or whose run has failed, begins again: what it finds is recognised. */
    @Transactional
    public void repeat(UUID run) {
        entityManager.createNativeQuery("""
                UPDATE import_runs SET listing_stage = 'users', listing_token = NULL, listed_at = NULL,
                    listing_started_at = NULL, listing_failures = 0
                WHERE id = :run AND (listing_stage = 'done' OR status = 'failed')
                """).setParameter("run", run).executeUpdate();
    }
}
