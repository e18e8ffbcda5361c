package org.openphoneimport.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.conversation.ListedConversations;
import org.openphoneimport.openphone.ConversationDocument;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.Ledger.WorkspaceList;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.Runs;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * A listing's place and what it has found. A page is stored only by the worker that holds the listing, only once, and only
 * while
 * its run goes on: the run is locked before anything is stored.
 */
@ApplicationScoped
class ListingStore {

    private final EntityManager entityManager;
    private final BatchCutter cutter;
    private final SliceCutter sliceCutter;
    private final ListedConversations listed;
    private final ImportConfig config;
    private final IssueLog issues;
    private final EventLog events;
    private final Ledger ledger;
    private final ListingExtent extent;
    private final ListingDifference difference;

    ListingStore(EntityManager entityManager, BatchCutter cutter, SliceCutter sliceCutter, ListedConversations listed,
            ImportConfig config, IssueLog issues, EventLog events, Ledger ledger,
            ListingExtent extent, ListingDifference difference) {
        this.entityManager = entityManager;
        this.cutter = cutter;
        this.sliceCutter = sliceCutter;
        this.listed = listed;
        this.config = config;
        this.issues = issues;
        this.events = events;
        this.ledger = ledger;
        this.extent = extent;
        this.difference = difference;
    }

    /** Where a listing stands; the token is that of the next page, null for the first. */
    record Place(ListingStage stage, @Nullable String token) {

        Place after(@Nullable String nextToken) {
            return nextToken != null ? new Place(stage, nextToken) : new Place(stage.next(), null);
        }
    }

    /**
     * The listing is ours.
     *
     * @param generation which API the run reads
     * @param witness the other one, if it is to confirm what is read
     * @param deaths how many workers have ended without a word since the listing last got on
     */
    record Claim(UUID run, UUID owner, Instant startedAt, Place place, Generation generation, @Nullable Generation witness,
            int deaths) {
    }

    @Transactional(TxType.REQUIRES_NEW)
    Optional<Claim> claim(UUID run) {
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
                RETURNING listing_started_at, listing_stage, listing_token, api, witness, listing_deaths
                """, Tuple.class)
                .setParameter("owner", owner)
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("run", run)
                .getResultList();
        return claimed.stream().map(Tuple.class::cast).findFirst().map(row -> new Claim(run, owner,
                row.get("listing_started_at", Instant.class),
                new Place(ListingStage.valueOf(((String) row.get("listing_stage")).toUpperCase(Locale.ROOT)),
                        (String) row.get("listing_token")),
                Generation.of((String) row.get("api")),
                row.get("witness") == null ? null : Generation.of((String) row.get("witness")),
                (Integer) row.get("listing_deaths")));
    }

    /** Notes that the run uses the API of 2026-03-30; empty when the listing is another worker's by now. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Claim> useDated(Claim claim) {
        var begun = begin(claim, Generation.DATED, ListingStage.USERS);
        begun.ifPresent(extent::choose);
        return begun;
    }

    /** Begins again with v1, and says why; what has been listed is recognised. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Claim> fallBack(Claim claim, String why) {
        var begun = begin(claim, Generation.V1,
                claim.place().stage() == ListingStage.API ? ListingStage.USERS : ListingStage.EVERYTHING);
        begun.ifPresent(again -> {
            entityManager.createNativeQuery("DELETE FROM listing_slices WHERE run_id = :run")
                    .setParameter("run", claim.run()).executeUpdate();
            issues.add(claim.run(), List.of(Issue.warning("listing", "run", claim.run().toString(),
                    "The API of 2026-03-30 could not be used, so v1 was. " + why, null)));
            events.add(claim.run(), EventLog.Level.WARNING, "listing", "Goes on with v1. " + why);
        });
        return begun;
    }

    private Optional<Claim> begin(Claim claim, Generation generation, ListingStage stage) {
        int begun = entityManager
                .createNativeQuery(
                        """
                                UPDATE import_runs SET api = :api, witness = CASE WHEN witness IS NOT NULL THEN :other END, listing_stage = :stage, listing_token = NULL, listing_deaths = 0,
                                    listing_moved_at = clock_timestamp(), listing_waiting_for = NULL,
                                    listing_lease_until = clock_timestamp() + :lease * interval '1 second'
                                WHERE id = :run AND listing_lease_owner = :owner AND %s
                                """
                                .formatted(Runs.GOES_ON))
                .setParameter("api", generation.text())
                .setParameter("other", generation.other().text())
                .setParameter("stage", stage.text())
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("run", claim.run())
                .setParameter("owner", claim.owner())
                .executeUpdate();
        return begun == 0 ? Optional.empty()
                : Optional.of(
                        new Claim(claim.run(), claim.owner(), claim.startedAt(), new Place(stage, null), generation,
                                claim.witness() == null ? null : generation.other(), 0));
    }

    /** Renews the lease of a listing that got on; returns false when it is another worker's by now. */
    @Transactional
    boolean renew(Claim claim) {
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

    /** Stores a page of conversations that stands at no place; the caller has made sure that the listing is ours. */
    @Transactional(TxType.MANDATORY)
    void keep(Claim claim, Page<ConversationDocument> page) {
        storeConversations(page.items(), claim.run(), claim.generation());
        issues.add(claim.run(), Oddities.of(ListingStage.EVERYTHING, page));
    }

    /**
     * Stores conversations that a generation of the API lists. A run reads all of them, or those that turn out to have changed
     * when the listing has ended.
     */
    @Transactional(TxType.MANDATORY)
    void storeConversations(List<ConversationDocument> conversations, UUID run, Generation by) {
        if (!conversations.isEmpty()) {
            Conversation.store(conversations, run);
            var importing = Run.withId(run).orElseThrow();
            if (importing.type() == RunType.HISTORICAL) {
                addToRun(conversations, run);
            }
            // What both generations list the verification need not list again.
            if (importing.type() == RunType.RECONCILIATION || importing.witness != null) {
                listed.add(run, by, conversations);
            }
        }
    }

    /**
     * Notes why the listing could not go on.
     *
     * @return for how long it has not
     */
    @Transactional(TxType.REQUIRES_NEW)
    Duration noteWait(Claim claim, String why) {
        return Duration.ofMillis(Math.round(1000 * (Double) entityManager.createNativeQuery("""
                UPDATE import_runs SET listing_waiting_for = :why WHERE id = :run
                RETURNING CAST(extract(epoch FROM clock_timestamp() - listing_moved_at) AS double precision)
                """, Double.class).setParameter("why", why).setParameter("run", claim.run()).getSingleResult()));
    }

    /** Says that the listing has not got on for long; it stays on the run when it has. */
    @Transactional(TxType.REQUIRES_NEW)
    void warn(Claim claim, String what) {
        issues.add(claim.run(), List.of(Issue.warning("listing", "run", claim.run().toString(), what, null)));
    }

    /** Gives the listing back. A worker that has taken it meanwhile counted a death, though this one is alive. */
    @Transactional(TxType.REQUIRES_NEW)
    void release(Claim claim) {
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
     * Stores a page.
     *
     * @param rows stores its documents, in the transaction that moves the listing
     * @return where the listing goes on; empty when it is another worker's by now, and nothing was stored
     */
    @Transactional(TxType.REQUIRES_NEW)
    <T> Optional<Place> store(Claim claim, Place place, Page<T> page, BiConsumer<List<T>, UUID> rows) {
        var moved = move(claim, place, place.after(page.nextToken()));
        if (moved.isPresent()) {
            rows.accept(page.items(), claim.run());
            issues.add(claim.run(), Oddities.of(place.stage(), page));
        }
        return moved;
    }

    /**
     * Goes on without what OpenPhone does not give.
     *
     * @param refused what it said when it refused to; null when it did not answer
     */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Place> skip(Claim claim, Place place, Issue issue, @Nullable String refused) {
        var moved = move(claim, place, new Place(place.stage().next(), null));
        moved.ifPresent(next -> {
            issues.add(claim.run(), List.of(issue));
            if (refused != null) {
                ledger.refuseList(WorkspaceList.valueOf(place.stage().name()), refused);
            }
        });
        return moved;
    }

    /** Goes on without the witness. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Place> skipWitness(Claim claim, Place place, Place to, Generation witness, OpenPhoneException reason) {
        var moved = move(claim, place, to);
        moved.ifPresent(next -> {
            var obstacle = "%s could not be asked: %s".formatted(witness.text(), reason.what());
            entityManager.createNativeQuery("UPDATE import_runs SET witness_obstacle = :obstacle WHERE id = :run")
                    .setParameter("obstacle", obstacle).setParameter("run", claim.run()).executeUpdate();
            issues.add(claim.run(), List.of(Issue.warning("listing", "list", "conversations through " + witness.text(),
                    "Only one of the two APIs confirms this run. " + obstacle, reason.request())));
        });
        return moved;
    }

    /** Whether a reconciliation need not try what the API of 2026-03-30 can do: it has read slices of time lately. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean hasReadByTime(Claim claim) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT run.type = 'reconciliation' AND EXISTS (SELECT FROM import_runs AS earlier
                    JOIN import_batches AS slice ON slice.run_id = earlier.id
                    WHERE earlier.key_hash = run.key_hash AND earlier.api = '2026-03-30' AND earlier.cleared_at IS NULL
                        AND earlier.created_at > clock_timestamp() - interval '7 days'
                        AND slice.kind = 'slice' AND slice.status = 'done' AND NOT slice.slice_unfiltered
                        AND slice.slice_from IS NOT NULL)
                FROM import_runs AS run WHERE run.id = :run
                """).setParameter("run", claim.run()).getSingleResult();
    }

    /** Moves the listing, and does in the same transaction what belongs to that; empty when it is another worker's by now. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Place> moveAnd(Claim claim, Place from, Place to, Consumer<UUID> andThen) {
        var moved = move(claim, from, to);
        moved.ifPresent(next -> andThen.accept(claim.run()));
        return moved;
    }

    /** Whether nothing has been listed. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean hasNothing(Claim claim) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT NOT EXISTS (SELECT FROM import_conversations WHERE run_id = :run)
                    AND NOT EXISTS (SELECT FROM listed_conversations WHERE listing_id = :run)
                """).setParameter("run", claim.run()).getSingleResult();
    }

    /** Returns how often OpenPhone has not answered in a row for what the listing wants next. */
    @Transactional(TxType.REQUIRES_NEW)
    int countFailure(Claim claim) {
        return (Integer) entityManager.createNativeQuery("""
                UPDATE import_runs SET listing_failures = listing_failures + 1 WHERE id = :run RETURNING listing_failures
                """, Integer.class).setParameter("run", claim.run()).getSingleResult();
    }

    private static void addToRun(List<ConversationDocument> conversations, UUID run) {
        Panache.getEntityManager().createNativeQuery("""
                INSERT INTO import_conversations (run_id, conversation_id)
                SELECT :run, id FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS listed(id, position)
                ORDER BY position
                ON CONFLICT DO NOTHING
                """)
                .setParameter("run", run)
                .setParameter("ids", conversations.stream().map(ConversationDocument::id).toArray(String[]::new))
                .executeUpdate();
    }

    /**
     * Writes all batches, and the total that is known now.
     *
     * @param byTime whether OpenPhone can be asked for what was created in a slice of time
     * @param callsToo whether the API of 2026-03-30 lists calls, though v1 reads
     */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Place> cut(Claim claim, boolean byTime, boolean callsToo) {
        var moved = move(claim, new Place(ListingStage.CUT, null), new Place(ListingStage.DONE, null));
        moved.ifPresent(place -> {
            difference.name(claim);
            ledger.addList(claim.run(), WorkspaceList.CONVERSATIONS, extent.start(claim), null);
            var cut = switch (claim.generation()) {
                case V1 -> cutter.cut(claim.run(), callsToo ? sliceCutter::cutCalls : run -> 0);
                case DATED -> cutter.cutBeside(claim.run(), from -> sliceCutter.cut(claim.run(), from, byTime));
            };
            if (!byTime) {
                issues.add(claim.run(), List.of(Issue.warning("listing", "list", "messages and calls",
                        "OpenPhone ignores the times that messages and calls are asked for, so all of them are read once, "
                                + "those outside of the run's time range as well",
                        null)));
            }
            events.add(claim.run(), EventLog.Level.INFO, "listing",
                    "Listed %d conversations in %d batches".formatted(cut.conversations(), cut.batches()));
        });
        return moved;
    }

    /** Moves the listing if it stands there and is ours; renews the lease, which ends with the listing. */
    @Transactional
    Optional<Place> move(Claim claim, Place from, Place to) {
        int moved = entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    listing_stage = :toStage, listing_token = CAST(:toToken AS text), listing_failures = 0, listing_deaths = 0,
                    listing_moved_at = clock_timestamp(), listing_waiting_for = NULL,
                    listing_lease_owner = CASE WHEN :toStage = 'done' THEN NULL ELSE listing_lease_owner END,
                    listing_lease_until =
                        CASE WHEN :toStage = 'done' THEN NULL ELSE clock_timestamp() + :lease * interval '1 second' END,
                    listed_at = CASE WHEN :toStage = 'done' THEN clock_timestamp() END
                WHERE id = :run AND listing_lease_owner = :owner AND listing_stage = :fromStage
                    AND listing_token IS NOT DISTINCT FROM CAST(:fromToken AS text) AND %s
                """.formatted(Runs.GOES_ON))
                .setParameter("toStage", to.stage().text())
                .setParameter("toToken", to.token())
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("run", claim.run())
                .setParameter("owner", claim.owner())
                .setParameter("fromStage", from.stage().text())
                .setParameter("fromToken", from.token())
                .executeUpdate();
        return moved == 1 ? Optional.of(to) : Optional.empty();
    }
}
