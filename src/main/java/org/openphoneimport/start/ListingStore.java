package org.openphoneimport.start;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.batch.ImportConfig;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.openphone.ConversationDocument;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;

/** A listing's place and what it has found. A page is stored only by the worker that holds the listing, and only once. */
@ApplicationScoped
class ListingStore {

    private final EntityManager entityManager;
    private final BatchCutter cutter;
    private final ImportConfig config;
    private final IssueLog issues;
    private final EventLog events;

    ListingStore(EntityManager entityManager, BatchCutter cutter, ImportConfig config, IssueLog issues, EventLog events) {
        this.entityManager = entityManager;
        this.cutter = cutter;
        this.config = config;
        this.issues = issues;
        this.events = events;
    }

    /** What the listing does, in this order. */
    enum Stage {
        /** Reads all conversations. */
        EVERYTHING,
        /** Reads those that were updated meanwhile. */
        GAP,
        /** Writes the batches. */
        CUT,
        /** Has ended. */
        DONE;

        Stage next() {
            return switch (this) {
                case EVERYTHING -> GAP;
                case GAP -> CUT;
                case CUT, DONE -> DONE;
            };
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a listing stands; the token is that of the next page, null for the first. */
    record Place(Stage stage, @Nullable String token) {

        Place after(@Nullable String nextToken) {
            return nextToken != null ? new Place(stage, nextToken) : new Place(stage.next(), null);
        }
    }

    /** The listing is ours. */
    record Claim(UUID run, UUID owner, Instant startedAt, Place place) {
    }

    @Transactional(TxType.REQUIRES_NEW)
    Optional<Claim> claim(UUID run) {
        var owner = UUID.randomUUID();
        List<?> claimed = entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    listing_lease_owner = :owner,
                    listing_lease_until = clock_timestamp() + :lease * interval '1 second',
                    listing_started_at = coalesce(listing_started_at, clock_timestamp())
                WHERE id = :run AND status = 'running' AND listing_stage <> 'done'
                    AND (listing_lease_until IS NULL OR listing_lease_until < clock_timestamp())
                RETURNING listing_started_at, listing_stage, listing_token
                """, Tuple.class)
                .setParameter("owner", owner)
                .setParameter("lease", config.lease().toSeconds())
                .setParameter("run", run)
                .getResultList();
        return claimed.stream().map(Tuple.class::cast).findFirst().map(row -> new Claim(run, owner,
                row.get("listing_started_at", Instant.class),
                new Place(Stage.valueOf(((String) row.get("listing_stage")).toUpperCase(Locale.ROOT)),
                        (String) row.get("listing_token"))));
    }

    @Transactional(TxType.REQUIRES_NEW)
    void release(Claim claim) {
        entityManager.createNativeQuery("""
                UPDATE import_runs SET listing_lease_owner = NULL, listing_lease_until = NULL
                WHERE id = :run AND listing_lease_owner = :owner
                """).setParameter("run", claim.run()).setParameter("owner", claim.owner()).executeUpdate();
    }

    /** Returns where the listing goes on; empty when it is another worker's by now, and nothing was stored */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Place> store(Claim claim, Place place, Page<ConversationDocument> page) {
        var moved = move(claim, place, place.after(page.nextToken()));
        if (moved.isPresent() && !page.items().isEmpty()) {
            Conversation.store(page.items(), claim.run());
            addToRun(claim.run(), page.items());
        }
        if (moved.isPresent()) {
            issues.add(claim.run(), oddities(page));
        }
        return moved;
    }

    /** Writes all batches, and the total that is known now. */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Place> cut(Claim claim) {
        var moved = move(claim, new Place(Stage.CUT, null), new Place(Stage.DONE, null));
        moved.ifPresent(place -> {
            var cut = cutter.cut(claim.run());
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
                    listing_stage = :toStage, listing_token = CAST(:toToken AS text),
                    listing_lease_owner = CASE WHEN :toStage = 'done' THEN NULL ELSE listing_lease_owner END,
                    listing_lease_until =
                        CASE WHEN :toStage = 'done' THEN NULL ELSE clock_timestamp() + :lease * interval '1 second' END,
                    listed_at = CASE WHEN :toStage = 'done' THEN clock_timestamp() END
                WHERE id = :run AND listing_lease_owner = :owner AND listing_stage = :fromStage
                    AND listing_token IS NOT DISTINCT FROM CAST(:fromToken AS text)
                """)
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

    private void addToRun(UUID run, List<ConversationDocument> conversations) {
        entityManager.createNativeQuery("""
                INSERT INTO import_conversations (run_id, conversation_id)
                SELECT :run, id FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS listed(id, position)
                ORDER BY position
                ON CONFLICT DO NOTHING
                """)
                .setParameter("run", run)
                .setParameter("ids", conversations.stream().map(ConversationDocument::id).toArray(String[]::new))
                .executeUpdate();
    }

    private static List<Issue> oddities(Page<ConversationDocument> page) {
        var issues = new ArrayList<Issue>();
        page.items().stream().filter(conversation -> !conversation.oddities().isEmpty())
                .map(conversation -> Issue.warning("listing", "conversation", conversation.id(),
                        String.join("; ", conversation.oddities()), null))
                .forEach(issues::add);
        if (page.unreadable() > 0) {
            issues.add(Issue.warning("listing", "page", page.request(),
                    "Elements of the list that are no conversations: " + page.unreadable(), page.request()));
        }
        return issues;
    }
}
