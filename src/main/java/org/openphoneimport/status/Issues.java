package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads the issues of a run. Called within a {@link Snapshot}. */
@ApplicationScoped
public class Issues {

    private static final int SHORTEST_NUMBER = 4;

    private static final String MATCHING = """
            WHERE about.run_id = :run
                AND (CAST(:level AS text) IS NULL OR about.level = :level)
                AND (:resolved OR about.resolved_at IS NULL)
                AND (CAST(:group AS text) IS NULL OR about.reason_hash = :group)
            """;

    private static final String CONTAINING = """
            AND (position(lower(:text) IN lower(concat_ws(' ', about.stage, about.subject, about.subject_id, about.what,
                    about.request, conversation.name, contact.names))) > 0
                OR CAST(:digits AS text) IS NOT NULL AND (EXISTS (SELECT FROM unnest(conversation.participants) AS party
                        WHERE position(:digits IN regexp_replace(party, '[^0-9]', '', 'g')) > 0)
                    OR length(:digits) > 6
                        AND position(:digits IN regexp_replace(concat_ws('|', about.what, about.request), '[^0-9|]', '', 'g')) > 0))
            """;

    private final EntityManager entityManager;

    Issues(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * Which issues.
     *
     * @param level {@code error} or {@code warning}; null for both
     * @param text that stands somewhere in it, a name or a number of whom it is about among it; null for all
     * @param group of one reason, as {@link IssueGroup} names it; null for all
     * @param resolved whether those are wanted, too, that are none any more
     */
    public record Filter(@Nullable String level, @Nullable String text, @Nullable String group, boolean resolved) {

        /** All that are open. */
        public static final Filter OPEN = new Filter(null, null, null, false);

        /** As it stands in an address; throws {@link RefusedException} when it is none. */
        public static Filter of(@Nullable String level, @Nullable String text, @Nullable String group, boolean resolved) {
            return new Filter(Parameters.oneOf(level, "level", List.of("error", "warning")),
                    text == null || text.isBlank() ? null : text.strip(), group == null || group.isEmpty() ? null : group,
                    resolved);
        }

        /** Whether some are left out. */
        public boolean selects() {
            return text != null || group != null;
        }
    }

    @RegisterForReflection
    private record Row(long id, String level, String stage, String subject, String subjectId, String what,
            @Nullable String request, Instant occurredAt, @Nullable Instant resolvedAt, @Nullable String conversation,
            @Nullable String party, String[] numbers) {
    }

    /** The newest first. */
    public List<IssueView> read(UUID run, Filter filter, int offset, int limit) {
        List<?> rows = select("""
                SELECT about.id, about.level, about.stage, about.subject, about.subject_id, about.what, about.request,
                    about.occurred_at, about.resolved_at, %s
                FROM (SELECT about.* %s ORDER BY about.id DESC OFFSET %d LIMIT %d) AS about %s ORDER BY about.id DESC
                """.formatted(Parties.COLUMNS, from(filter), offset, limit, Parties.JOIN), Row.class, run, filter)
                .getResultList();
        return rows.stream().map(row -> view((Row) row)).toList();
    }

    /** How many there are. */
    public long count(UUID run, Filter filter) {
        return (Long) select("SELECT count(*) " + from(filter), Long.class, run, filter).getSingleResult();
    }

    /** Their ids, as far as they are errors. */
    public List<Long> errors(UUID run, Filter filter) {
        List<?> ids = select("SELECT about.id " + from(filter) + " AND about.level = 'error' ORDER BY about.id", Long.class,
                run,
                filter).getResultList();
        return ids.stream().map(Long.class::cast).toList();
    }

    /** What of that the run's last verification found to be unavailable, which can be accepted. */
    public List<String> acceptable(UUID run, Filter filter) {
        List<?> ids = select("SELECT DISTINCT about.subject_id " + from(filter) + """
                AND EXISTS (SELECT FROM discrepancies AS found WHERE found.kind = 'unavailable'
                    AND found.subject = about.subject AND found.subject_id = about.subject_id
                    AND found.verification_id = (SELECT max(id) FROM verifications WHERE run_id = :run))
                ORDER BY about.subject_id
                """, String.class, run, filter).getResultList();
        return ids.stream().map(String.class::cast).toList();
    }

    /** By their reasons: errors first, then the most frequent. */
    public List<IssueGroup> groups(UUID run, Filter filter, int limit) {
        List<?> rows = select("""
                SELECT about.reason_hash, about.level, about.stage, about.subject, count(*), min(about.what)
                %s GROUP BY 1, 2, 3, 4 ORDER BY about.level, count(*) DESC, 1 LIMIT %d
                """.formatted(from(filter), limit), IssueGroup.class, run, filter).getResultList();
        return rows.stream().map(IssueGroup.class::cast).toList();
    }

    private static String from(Filter filter) {
        return "FROM import_issues AS about " + (filter.text() == null ? MATCHING : Parties.JOIN + MATCHING + CONTAINING);
    }

    private Query select(String sql, Class<?> type, UUID run, Filter filter) {
        var query = entityManager.createNativeQuery(sql, type).setParameter("run", run).setParameter("level", filter.level())
                .setParameter("group", filter.group()).setParameter("resolved", filter.resolved());
        return filter.text() == null ? query
                : query.setParameter("text", filter.text()).setParameter("digits", digits(filter.text()));
    }

    /**
     * A telephone number as it is stored, however it is typed: with blanks and brackets, with zeros in place of the country or
     * before the area. Null where it is none, or too short to tell.
     */
    static @Nullable String digits(String text) {
        var digits = text.replaceAll("[^0-9]", "").replaceFirst("^0+", "");
        return digits.length() >= SHORTEST_NUMBER && text.strip().matches("[+(]?[0-9 ()./\\u00a0-]+") ? digits : null;
    }

    private static IssueView view(Row row) {
        return new IssueView(row.id(), row.level(), row.stage(), row.subject(), row.subjectId(), row.what(),
                row.request(), row.occurredAt(), row.resolvedAt(), Parties.of(row.conversation(), row.party(), row.numbers()));
    }
}
