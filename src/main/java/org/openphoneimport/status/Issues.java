package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;

import org.jspecify.annotations.Nullable;

/** Reads the issues of a run. Called within a {@link Snapshot}. */
@ApplicationScoped
public class Issues {

    private static final String MATCHING = """
            FROM import_issues WHERE run_id = :run
                AND (CAST(:level AS text) IS NULL OR level = :level)
                AND (:resolved OR resolved_at IS NULL)
                AND (CAST(:text AS text) IS NULL
                    OR position(lower(:text) IN lower(concat_ws(' ', stage, subject, subject_id, what, request))) > 0)
            """;

    private final EntityManager entityManager;

    Issues(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * Which issues.
     *
     * @param level {@code error} or {@code warning}; null for both
     * @param text that stands somewhere in it; null for all
     * @param resolved whether those are wanted, too, that are none any more
     */
    public record Filter(@Nullable String level, @Nullable String text, boolean resolved) {

        /** All that are open. */
        public static final Filter OPEN = new Filter(null, null, false);
    }

    /** The newest first. */
    public List<IssueView> read(UUID run, Filter filter, int offset, int limit) {
        var query = entityManager.createNativeQuery("""
                SELECT id, level, stage, subject, subject_id, what, request, occurred_at, resolved_at
                """ + MATCHING + "ORDER BY id DESC", Tuple.class);
        List<?> rows = set(query, run, filter).setFirstResult(offset).setMaxResults(limit).getResultList();
        return rows.stream().map(row -> view((Tuple) row)).toList();
    }

    /** How many there are. */
    public long count(UUID run, Filter filter) {
        return (Long) set(entityManager.createNativeQuery("SELECT count(*) " + MATCHING, Long.class), run, filter)
                .getSingleResult();
    }

    private static Query set(Query query, UUID run, Filter filter) {
        return query.setParameter("run", run).setParameter("level", filter.level()).setParameter("text", filter.text())
                .setParameter("resolved", filter.resolved());
    }

    private static IssueView view(Tuple row) {
        return new IssueView(row.get("id", Long.class), row.get("level", String.class), row.get("stage", String.class),
                row.get("subject", String.class), row.get("subject_id", String.class), row.get("what", String.class),
                row.get("request", String.class), row.get("occurred_at", Instant.class),
                row.get("resolved_at", Instant.class));
    }
}
