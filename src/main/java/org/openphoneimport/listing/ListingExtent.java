package org.openphoneimport.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Decides which conversations a listing asks for: what is known already decides how much has to be listed again. */
@ApplicationScoped
class ListingExtent {

    // Our clock may be ahead of OpenPhone's; asking for too much costs a page at most.
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final EntityManager entityManager;
    private final ReconciliationConfig config;

    ListingExtent(EntityManager entityManager, ReconciliationConfig config) {
        this.entityManager = entityManager;
        this.config = config;
    }

    /** Which conversations are listed. */
    sealed interface Extent {

        /** From when on the generation that reads is asked for those that were updated. */
        Instant updatedSince();

        /** All, by both generations; then those that were updated since the listing began. */
        record All(Instant updatedSince) implements Extent {
        }

        /** Both generations give those that were updated since the last run. */
        record Updated(Instant updatedSince) implements Extent {
        }
    }

    @RegisterForReflection
    private record Row(@Nullable Instant until, boolean listedWhole, boolean shared) {
    }

    /** A run that goes on after a kill decides the same: nothing of this changes before it has read what it lists. */
    @Transactional(TxType.REQUIRES_NEW)
    Extent of(ListingClaim claim) {
        var row = row(claim.run());
        var until = row.until();
        return !row.shared() || row.listedWhole() || until == null
                ? new Extent.All(claim.startedAt().minus(CLOCKS_DIFFER))
                : new Extent.Updated(until.minus(CLOCKS_DIFFER));
    }

    /**
     * Before anything is listed: notes that only updated conversations are listed, if all were a while ago, none lacks what can
     * be read, and no number has joined since.
     */
    @Transactional(TxType.MANDATORY)
    void choose(ListingClaim claim) {
        entityManager.createNativeQuery("""
                UPDATE import_runs AS run SET listed_whole = false
                WHERE id = :run AND type = 'reconciliation' AND NOT window_from_given AND api = '2026-03-30' AND witness = 'v1'
                    AND EXISTS (SELECT FROM import_runs AS whole WHERE whole.listed_whole AND whole.listed_at IS NOT NULL
                        AND whole.cleared_at IS NULL AND whole.window_to IS NULL AND whole.key_hash = run.key_hash
                        AND whole.witness IS NOT NULL AND whole.witness_obstacle IS NULL
                        AND whole.created_at > clock_timestamp() - :age * interval '1 second'
                        -- Its conversations were not updated because they can be seen now.
                        AND NOT EXISTS (SELECT FROM phone_numbers AS joined WHERE joined.listed_since > whole.listed_at))
                    AND NOT EXISTS (SELECT FROM workspace_gaps
                        WHERE kind = 'missing' AND subject IN ('conversation', 'activity', 'list')
                            -- What v1 does not give, the API that reads does.
                            OR subject = 'group calls' OR reason LIKE 'conversations that only one API shows%'
                            OR reason LIKE 'conversations with short codes%')
                """).setParameter("run", claim.run()).setParameter("age", config.wholeListAge().toSeconds()).executeUpdate();
    }

    /** Since when conversations had to be updated to be listed; null when all were listed. */
    @Transactional(TxType.MANDATORY)
    @Nullable
    Instant updatedSince(UUID run) {
        var row = row(run);
        var until = row.until();
        return row.shared() && until != null && !row.listedWhole() ? until.minus(CLOCKS_DIFFER) : null;
    }

    private Row row(UUID run) {
        return (Row) entityManager.createNativeQuery("""
                SELECT listed.until, run.listed_whole,
                    run.type = 'reconciliation' AND NOT run.window_from_given AND run.api = '2026-03-30'
                        AND run.witness IS NOT DISTINCT FROM 'v1' AND run.witness_obstacle IS NULL
                        AND listed.until IS NOT NULL AS shared
                FROM import_runs AS run CROSS JOIN workspace_listed AS listed WHERE run.id = :run
                """, Row.class).setParameter("run", run).getSingleResult();
    }
}
