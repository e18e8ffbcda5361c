package org.openphoneimport.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Keeps what has to be delivered by which channel, and what came of it. Each method is a transaction. */
@ApplicationScoped
class Deliveries {

    // Longer than a receiver may take: when it is over, the process that tried it is gone.
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private final EntityManager entityManager;
    private final NotifyConfig config;
    private final ObjectMapper mapper;
    private final Notices notices;

    Deliveries(EntityManager entityManager, NotifyConfig config, ObjectMapper mapper, Notices notices) {
        this.entityManager = entityManager;
        this.config = config;
        this.mapper = mapper;
        this.notices = notices;
    }

    /** A notice that is to be sent now; until then no other process tries it. */
    record Due(Notice notice, int attempt) {
    }

    /** Addresses what was noted since a channel is there; what is old is forgotten then. */
    @Transactional
    void address(Set<String> kinds) {
        int addressed = entityManager.createNativeQuery("""
                INSERT INTO notice_deliveries (notice_id, channel)
                SELECT notice.id, channel.channel FROM notices AS notice
                JOIN notice_channels AS channel ON notice.noted_at >= channel.since
                WHERE notice.kind = ANY (:kinds) AND notice.noted_at > clock_timestamp() - interval '3 days'
                ON CONFLICT DO NOTHING
                """).setParameter("kinds", kinds.toArray(String[]::new)).executeUpdate();
        if (addressed > 0) {
            notices.forgetOld();
        }
    }

    /** Gives up what was to go by a channel that is there no more. */
    @Transactional
    void giveUp() {
        entityManager.createNativeQuery("""
                UPDATE notice_deliveries SET given_up_at = clock_timestamp(), trouble = 'This way is no longer configured'
                WHERE delivered_at IS NULL AND given_up_at IS NULL
                    AND channel NOT IN (SELECT channel FROM notice_channels)
                """).executeUpdate();
    }

    @RegisterForReflection
    private record Row(UUID id, String kind, @Nullable UUID runId, String figures, Instant notedAt, int attempts,
            String workspace) {
    }

    /** Takes the next one for a channel, if one is due. */
    @Transactional
    Optional<Due> take(String channel) {
        List<?> rows = entityManager.createNativeQuery(
                """
                        UPDATE notice_deliveries AS delivery SET attempts = attempts + 1,
                            due_at = clock_timestamp() + :claim * interval '1 second'
                        FROM notices AS notice
                        WHERE notice.id = delivery.notice_id AND delivery.channel = :channel AND delivery.notice_id = (
                            SELECT open.notice_id FROM notice_deliveries AS open JOIN notices ON notices.id = open.notice_id
                            WHERE open.channel = :channel AND open.delivered_at IS NULL AND open.given_up_at IS NULL
                                AND open.due_at <= clock_timestamp()
                            ORDER BY noted_at, open.notice_id LIMIT 1 FOR UPDATE OF open SKIP LOCKED)
                        RETURNING notice.id, notice.kind, notice.run_id, CAST(notice.figures AS text) AS figures, notice.noted_at,
                            delivery.attempts, (SELECT coalesce(min(name), '') FROM organization WHERE absent_since IS NULL) AS workspace
                        """,
                Row.class).setParameter("channel", channel).setParameter("claim", CLAIM.toSeconds()).getResultList();
        return rows.stream().map(row -> due((Row) row)).findFirst();
    }

    @Transactional
    void delivered(UUID notice, String channel) {
        entityManager.createNativeQuery("""
                UPDATE notice_deliveries SET delivered_at = clock_timestamp(), trouble = NULL
                WHERE notice_id = :notice AND channel = :channel
                """).setParameter("notice", notice).setParameter("channel", channel).executeUpdate();
    }

    /** Has it tried again later; returns false when it was tried often enough. */
    @Transactional
    boolean failed(Due due, String channel, @Nullable String trouble) {
        boolean again = due.attempt() <= config.retryDelays().size();
        var delay = again ? config.retryDelays().get(due.attempt() - 1) : Duration.ZERO;
        entityManager.createNativeQuery("""
                UPDATE notice_deliveries SET trouble = CAST(:trouble AS text),
                    due_at = clock_timestamp() + :delay * interval '1 millisecond',
                    given_up_at = CASE WHEN :again THEN NULL ELSE clock_timestamp() END
                WHERE notice_id = :notice AND channel = :channel
                """).setParameter("trouble", trouble).setParameter("delay", delay.toMillis()).setParameter("again", again)
                .setParameter("notice", due.notice().id()).setParameter("channel", channel).executeUpdate();
        return again;
    }

    private Due due(Row row) {
        try {
            return new Due(new Notice(row.id(), NoticeKind.of(row.kind()), row.runId(), mapper.readTree(row.figures()),
                    row.workspace(), row.notedAt()), row.attempts());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a notice: " + e.getOriginalMessage(), e);
        }
    }
}
