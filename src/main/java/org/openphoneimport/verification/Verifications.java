package org.openphoneimport.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.conversation.ListedConversations;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Verifications as they stand in the table: begun, claimed, moved on. Only the worker that holds one moves it. Each compares
 * with a listing of its own ({@code listing_id}), or with the one that its run has just made.
 */
@ApplicationScoped
public class Verifications {

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final ListedConversations listed;
    private final Runs runs;

    Verifications(EntityManager entityManager, ImportConfig config, ListedConversations listed, Runs runs) {
        this.entityManager = entityManager;
        this.config = config;
        this.listed = listed;
        this.runs = runs;
    }

    /** Begins one, unless one of that run is running. What the run itself has just listed need not be listed again. */
    @Transactional
    void begin(UUID run, boolean complete, boolean endsRun) {
        listed.forgetOthers(run);
        if (endsRun) {
            // One that was asked for by hand began before what was imported since.
            entityManager.createNativeQuery("DELETE FROM verifications WHERE run_id = :run AND status = 'running'")
                    .setParameter("run", run).executeUpdate();
        }
        entityManager
                .createNativeQuery(
                        """
                                INSERT INTO verifications (run_id, status, stage, complete, ends_run, listed_from, listing_id)
                                SELECT run.id, 'running', 'numbers', :complete, :endsRun,
                                    CASE WHEN listed THEN run.listing_started_at END,
                                    CASE WHEN listed THEN run.id ELSE gen_random_uuid() END
                                FROM import_runs AS run
                                CROSS JOIN LATERAL (SELECT :endsRun AND run.listed_at > clock_timestamp() - interval '1 hour'
                                    AND (run.type = 'reconciliation' OR run.witness_obstacle IS NULL)
                                    -- A list of those that were updated may be empty; an empty one of all is asked for again.
                                    AND (NOT run.listed_whole OR EXISTS (SELECT FROM listed_conversations WHERE listing_id = run.id)) AS listed) AS own
                                WHERE run.id = :run
                                ON CONFLICT (run_id) WHERE status = 'running' DO NOTHING
                                """)
                .setParameter("run", run)
                .setParameter("complete", complete)
                .setParameter("endsRun", endsRun)
                .executeUpdate();
    }

    /** Those without a live lease. */
    @Transactional(TxType.REQUIRES_NEW)
    List<Long> idle() {
        List<?> ids = entityManager.createNativeQuery("""
                SELECT id FROM verifications WHERE status = 'running'
                    AND (lease_until IS NULL OR lease_until < clock_timestamp()) ORDER BY id
                """, Long.class).getResultList();
        return ids.stream().map(Long.class::cast).toList();
    }

    @RegisterForReflection
    private record ClaimedRow(UUID runId, int attempts, UUID listingId, boolean complete, boolean endsRun,
            @Nullable Instant listedFrom, String stage, @Nullable String token, Instant runStarted, String api,
            @Nullable String witness) {
    }

    @Transactional(TxType.REQUIRES_NEW)
    Optional<VerificationClaim> claim(long id) {
        var owner = UUID.randomUUID();
        List<?> claimed = entityManager.createNativeQuery("""
                UPDATE verifications SET attempts = attempts + 1, lease_owner = :owner,
                    lease_until = clock_timestamp() + :lease * interval '1 second'
                FROM import_runs AS run
                WHERE verifications.id = :id AND run.id = run_id AND verifications.status = 'running'
                    AND (lease_until IS NULL OR lease_until < clock_timestamp())
                RETURNING run_id, attempts, listing_id, complete, ends_run, listed_from, stage, token,
                    coalesce(run.listing_started_at, run.created_at) AS run_started, run.api,
                    CASE WHEN run.witness_obstacle IS NULL THEN run.witness END AS witness
                """, ClaimedRow.class)
                .setParameter("owner", owner)
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("id", id)
                .getResultList();
        return claimed.stream().map(ClaimedRow.class::cast).findFirst()
                .map(row -> new VerificationClaim(id, row.runId(), owner, row.listingId(), row.complete(), row.endsRun(),
                        row.listedFrom(), row.runStarted(), Generation.of(row.api()),
                        row.witness() == null ? null : Generation.of(row.witness()), row.attempts(),
                        VerificationCheckpoint.of(row.stage(), row.token())));
    }

    /** When the conversations were asked for. */
    @Transactional(TxType.REQUIRES_NEW)
    Instant listedFrom(long id) {
        return (Instant) entityManager.createNativeQuery("SELECT listed_from FROM verifications WHERE id = :id", Instant.class)
                .setParameter("id", id).getSingleResult();
    }

    /** Notes up to which file it has looked for them, which is no attempt in vain. */
    @Transactional
    void noteFiles(VerificationClaim claim, long last) {
        entityManager.createNativeQuery("UPDATE verifications SET attempts = 0, checked_media = :last WHERE id = :id")
                .setParameter("last", last).setParameter("id", claim.id()).executeUpdate();
    }

    /**
     * Notes what is compared with the other API.
     *
     * @param ofAll whether it is a sample of all that is stored, and not of what the run has read alone
     */
    @Transactional(TxType.MANDATORY)
    void noteSample(VerificationClaim claim, boolean ofAll) {
        entityManager.createNativeQuery("UPDATE verifications SET samples_all = :ofAll WHERE id = :id")
                .setParameter("ofAll", ofAll).setParameter("id", claim.id()).executeUpdate();
    }

    /** Ends one that is given up. */
    @Transactional
    void end(VerificationClaim claim) {
        entityManager.createNativeQuery("""
                UPDATE verifications SET stage = 'done', lease_owner = NULL, lease_until = NULL WHERE id = :id
                """).setParameter("id", claim.id()).executeUpdate();
    }

    /**
     * Writes the verdict.
     *
     * @param figures what was compared, as JSON
     * @param finding what is missing or different, in words; empty when nothing is
     */
    @Transactional
    void write(VerificationClaim claim, String figures, String finding) {
        entityManager.createNativeQuery("""
                UPDATE verifications SET status = :status, checked_at = clock_timestamp(), checks = CAST(:checks AS jsonb),
                    finding = CAST(:finding AS text)
                WHERE id = :id
                """)
                .setParameter("status", finding.isEmpty() ? "clean" : "discrepancies")
                .setParameter("checks", figures)
                .setParameter("finding", finding.isEmpty() ? null : finding)
                .setParameter("id", claim.id())
                .executeUpdate();
    }

    /** Drops those that are running: there is nothing left that they could compare. */
    @Transactional
    public void dropRunning() {
        entityManager.createNativeQuery("DELETE FROM verifications WHERE status = 'running'").executeUpdate();
    }

    /** Lets the next worker have it at once. */
    @Transactional(TxType.REQUIRES_NEW)
    void release(VerificationClaim claim) {
        giveBack(claim, 0, Duration.ZERO);
    }

    /**
     * Keeps it from all workers for a while, else keep-runs would go on with it in the same moment.
     *
     * @param attempts how many there were in vain
     */
    @Transactional(TxType.REQUIRES_NEW)
    void rest(VerificationClaim claim, int attempts) {
        giveBack(claim, attempts, config.shortestReturn());
    }

    private void giveBack(VerificationClaim claim, int attempts, Duration rest) {
        entityManager.createNativeQuery("""
                UPDATE verifications SET attempts = :attempts, lease_owner = NULL,
                    lease_until = clock_timestamp() + :rest * interval '1 second'
                WHERE id = :id AND lease_owner = :owner
                """)
                .setParameter("attempts", attempts)
                .setParameter("rest", rest.toMillis() / 1000.0)
                .setParameter("id", claim.id())
                .setParameter("owner", claim.owner())
                .executeUpdate();
    }

    /** Its run was given up, so its result is not needed. */
    @Transactional(TxType.REQUIRES_NEW)
    void drop(VerificationClaim claim) {
        entityManager.createNativeQuery("DELETE FROM verifications WHERE id = :id AND lease_owner = :owner")
                .setParameter("id", claim.id()).setParameter("owner", claim.owner()).executeUpdate();
    }

    /**
     * Takes back what has been found if it is to end a run that has been given up meanwhile: others may be importing by now,
     * and what they store would look absent. The run is locked until the transaction ends.
     */
    @Transactional(TxType.MANDATORY)
    void requireWanted(VerificationClaim claim) {
        if (claim.endsRun()) {
            var status = runs.lock(claim.run());
            if (status != RunStatus.VERIFYING) {
                throw new NotNowException.RunStopped(status.text());
            }
        }
    }

    /**
     * Renews the lease; returns false when it is another worker's by now. Each answer begins with it: two that are about the
     * same message would wait for each other else.
     */
    @Transactional
    boolean renew(VerificationClaim claim) {
        return entityManager.createNativeQuery("""
                UPDATE verifications SET lease_until = clock_timestamp() + :lease * interval '1 second'
                WHERE id = :id AND lease_owner = :owner
                """).setParameter("lease", config.lease().toSeconds()).setParameter("id", claim.id())
                .setParameter("owner", claim.owner()).executeUpdate() == 1;
    }

    /** Stores the workspace's numbers; returns where to go on. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<VerificationCheckpoint> storeNumbers(VerificationClaim claim, List<PhoneNumberDocument> numbers) {
        var to = VerificationCheckpoint
                .at(claim.listedFrom() == null ? VerificationCheckpoint.Stage.LISTING : VerificationCheckpoint.Stage.DOUBTS);
        var moved = move(claim, claim.place(), to);
        if (moved.isPresent()) {
            entityManager.createNativeQuery("""
                    UPDATE verifications SET listed_from = coalesce(listed_from, clock_timestamp()),
                        numbers = coalesce((SELECT jsonb_agg(element -> 'payload')
                            FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS element), '[]')
                    WHERE id = :id
                    """).setParameter("rows", JsonRows.rows(numbers)).setParameter("id", claim.id()).executeUpdate();
        }
        return moved;
    }

    /** Stores a page of the listing; returns where to go on. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<VerificationCheckpoint> storeListed(VerificationClaim claim, VerificationCheckpoint place, Generation by,
            Page<ConversationDocument> page) {
        var moved = move(claim, place, place.after(page.nextToken()));
        if (moved.isPresent()) {
            listed.add(claim.listing(), by, page.items());
        }
        return moved;
    }

    /** Moves on if it stands there and is ours, and renews the lease, which ends with the verification. */
    @Transactional
    Optional<VerificationCheckpoint> move(VerificationClaim claim, VerificationCheckpoint from, VerificationCheckpoint to) {
        int moved = entityManager.createNativeQuery("""
                UPDATE verifications SET attempts = 0, stage = :toStage, token = CAST(:toToken AS text),
                    lease_owner = CASE WHEN :toStage = 'done' THEN NULL ELSE lease_owner END,
                    lease_until =
                        CASE WHEN :toStage = 'done' THEN NULL ELSE clock_timestamp() + :lease * interval '1 second' END
                WHERE id = :id AND lease_owner = :owner AND stage = :fromStage
                    AND token IS NOT DISTINCT FROM CAST(:fromToken AS text)
                """)
                .setParameter("toStage", to.stage().text())
                .setParameter("toToken", to.token())
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("id", claim.id())
                .setParameter("owner", claim.owner())
                .setParameter("fromStage", from.stage().text())
                .setParameter("fromToken", from.token())
                .executeUpdate();
        return moved == 1 ? Optional.of(to) : Optional.empty();
    }
}
