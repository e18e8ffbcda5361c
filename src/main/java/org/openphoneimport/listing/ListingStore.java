package org.openphoneimport.listing;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.conversation.ListedConversations;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.Runs;
import org.openphoneimport.run.WorkspaceList;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * Stores what a listing finds. A page is stored only by the worker that holds the listing, only once, and only while its run
 * goes on: the run is locked before anything is stored.
 */
@ApplicationScoped
class ListingStore {

    private final EntityManager entityManager;
    private final ListedConversations listed;
    private final ImportConfig config;
    private final IssueLog issues;
    private final Ledger ledger;
    private final ListLedger listLedger;

    ListingStore(EntityManager entityManager, ListedConversations listed, ImportConfig config, IssueLog issues, Ledger ledger,
            ListLedger listLedger) {
        this.entityManager = entityManager;
        this.listed = listed;
        this.config = config;
        this.issues = issues;
        this.ledger = ledger;
        this.listLedger = listLedger;
    }

    /** Stores a page of conversations that stands at no place; the caller has made sure that the listing is ours. */
    @Transactional(TxType.MANDATORY)
    void keep(ListingClaim claim, Page<ConversationDocument> page) {
        storeConversations(page.items(), claim, claim.generation());
        issues.add(claim.run(), Oddities.of(ListingStage.EVERYTHING, page));
    }

    /**
     * Stores conversations that a generation of the API lists. A run reads all of them, or those that turn out to have changed
     * when the listing has ended.
     */
    @Transactional(TxType.MANDATORY)
    void storeConversations(List<ConversationDocument> conversations, ListingClaim claim, Generation by) {
        if (!conversations.isEmpty()) {
            ledger.doubtUnseen(claim.run(), Conversation.store(conversations, claim.run(), by));
            if (claim.isHistorical()) {
                addToRun(conversations, claim.run());
            }
            // What both generations list the verification need not list again.
            if (!claim.isHistorical() || claim.witness() != null) {
                listed.add(claim.run(), by, conversations);
            }
        }
    }

    /** Says that the listing has not got on for long; it stays on the run when it has. */
    @Transactional(TxType.REQUIRES_NEW)
    void warn(ListingClaim claim, String what) {
        issues.add(claim.run(), List.of(Issue.warning("listing", "run", claim.run().toString(), what, null)));
    }

    /**
     * Stores a page.
     *
     * @param rows stores its documents, in the transaction that moves the listing
     * @return where the listing goes on; empty when it is another worker's by now, and nothing was stored
     */
    @Transactional(TxType.REQUIRES_NEW)
    <T> Optional<ListingCheckpoint> store(ListingClaim claim, ListingCheckpoint place, Page<T> page,
            BiConsumer<List<T>, UUID> rows) {
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
    Optional<ListingCheckpoint> skip(ListingClaim claim, ListingCheckpoint place, Issue issue, @Nullable String refused) {
        var moved = move(claim, place, new ListingCheckpoint(place.stage().next(), null));
        moved.ifPresent(next -> {
            issues.add(claim.run(), List.of(issue));
            if (refused != null) {
                listLedger.refuseList(WorkspaceList.valueOf(place.stage().name()), refused);
            }
        });
        return moved;
    }

    /** Goes on without the witness. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ListingCheckpoint> skipWitness(ListingClaim claim, ListingCheckpoint place, ListingCheckpoint to,
            Generation witness, OpenPhoneException reason) {
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

    /** Moves the listing, and does in the same transaction what belongs to that; empty when it is another worker's by now. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ListingCheckpoint> moveAnd(ListingClaim claim, ListingCheckpoint from, ListingCheckpoint to,
            Consumer<UUID> andThen) {
        var moved = move(claim, from, to);
        moved.ifPresent(next -> andThen.accept(claim.run()));
        return moved;
    }

    /** Whether nothing has been listed. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean hasNothing(ListingClaim claim) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT NOT EXISTS (SELECT FROM import_conversations WHERE run_id = :run)
                    AND NOT EXISTS (SELECT FROM listed_conversations WHERE listing_id = :run)
                """).setParameter("run", claim.run()).getSingleResult();
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

    /** Moves the listing if it stands there and is ours; renews the lease, which ends with the listing. */
    @Transactional
    Optional<ListingCheckpoint> move(ListingClaim claim, ListingCheckpoint from, ListingCheckpoint to) {
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
