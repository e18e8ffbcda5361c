package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads the log of a run. Called within a {@link Snapshot}. */
@ApplicationScoped
public class Events {

    private final EntityManager entityManager;
    private final ObjectMapper mapper;

    Events(EntityManager entityManager, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.mapper = mapper;
    }

    /**
     * Which lines.
     *
     * @param level {@code info}, {@code warning} or {@code error}; null for all
     * @param before only lines older than the one with this id; null for the newest
     * @param samples whether those are wanted, too
     */
    public record Filter(@Nullable String level, @Nullable Long before, boolean samples) {

        /** The newest lines that people read. */
        public static final Filter NEWEST = new Filter(null, null, false);
    }

    @RegisterForReflection
    private record Row(long id, Instant at, String level, String kind, String what, @Nullable String figures) {
    }

    /** The newest first. */
    public List<EventView> read(UUID run, Filter filter, int limit) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, at, level, kind, what, CAST(figures AS text) AS figures FROM import_events
                WHERE run_id = :run AND (CAST(:level AS text) IS NULL OR level = :level)
                    AND (CAST(:before AS bigint) IS NULL OR id < :before) AND (:samples OR kind <> 'sample')
                ORDER BY id DESC
                """, Row.class)
                .setParameter("run", run)
                .setParameter("level", filter.level())
                .setParameter("before", filter.before())
                .setParameter("samples", filter.samples())
                .setMaxResults(limit)
                .getResultList();
        return rows.stream().map(row -> view((Row) row)).toList();
    }

    private EventView view(Row row) {
        return new EventView(row.id(), row.at(), row.level(), row.kind(), row.what(), figures(row.figures()));
    }

    private EventView.@Nullable Figures figures(@Nullable String figures) {
        try {
            return figures == null ? null : mapper.readValue(figures, EventView.Figures.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a line's figures: " + e.getOriginalMessage(), e);
        }
    }
}
