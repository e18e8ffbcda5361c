package org.openphoneimport.directory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;
import org.openphoneimport.directory.DirectoryPart.Subject;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What OpenPhone is asked for contacts and numbers, and what became of it: the rows of {@code directory_parts}. */
public final class DirectoryParts {

    /** So many contacts or numbers, and all if there are fewer, have to be refused before a kind is. */
    public static final int NEEDED = 3;

    /** Parts, named {@code part}, that are not stored any more as they were: something else has changed or deleted them. */
    public static final String VANISHED = """
            part.status = 'stored' AND NOT EXISTS (
                SELECT FROM stored_directory_part(part.subject_id, part.kind) AS stored
                WHERE stored.rows = part.rows AND stored.digest = part.digest)
            """;

    private DirectoryParts() {
    }

    /**
     * A contact or a number, and what is to be asked for it.
     *
     * @param id its OpenPhone id
     */
    public record Open(String id, List<DirectoryPart> kinds) {
    }

    /**
     * Notes what a run has to ask for: of contacts or numbers that are new or have changed, whose parts were never read, have
     * vanished, or were read longer ago than that.
     *
     * @param all whether everything is asked for, however lately it was
     */
    public static void note(UUID run, Subject subject, List<DirectoryPart> kinds, boolean all, Duration age) {
        entityManager().createNativeQuery("""
                INSERT INTO directory_parts AS part (subject, subject_id, kind, run_id, subject_digest)
                SELECT :subject, owner.id, wanted.kind, :run, hashtextextended(CAST(owner.payload AS text), 0)
                FROM %s AS owner CROSS JOIN unnest(CAST(:kinds AS text[])) AS wanted(kind)
                WHERE owner.absent_since IS NULL
                ORDER BY owner.id, wanted.kind
                ON CONFLICT (subject, subject_id, kind) DO UPDATE SET status = 'pending', run_id = :run, batch_id = NULL,
                    attempts = 0, finding = NULL, subject_digest = excluded.subject_digest
                WHERE part.subject_digest IS DISTINCT FROM excluded.subject_digest OR part.run_id <> :run AND (:all
                    OR part.status IN ('pending', 'refused', 'failed')
                    OR part.asked_at < clock_timestamp() - :age * interval '1 second' OR %s)
                """.formatted(subject.table(), VANISHED))
                .setParameter("subject", subject.text())
                .setParameter("run", run)
                .setParameter("kinds", kinds.stream().map(DirectoryPart::text).toArray(String[]::new))
                .setParameter("all", all)
                .setParameter("age", age.toMillis() / 1000.0)
                .executeUpdate();
    }

    /** The next number of which a run has to ask something. */
    public static Optional<Open> nextNumber(UUID run) {
        return open("""
                SELECT subject_id, kind FROM directory_parts
                WHERE run_id = :id AND status = 'pending' AND subject = 'phone number' AND subject_id = (
                    SELECT min(subject_id) FROM directory_parts
                    WHERE run_id = :id AND status = 'pending' AND subject = 'phone number')
                """, run).stream().findFirst();
    }

    /** What a batch still has to ask for. */
    public static List<Open> openOf(UUID batch) {
        return open("SELECT subject_id, kind FROM directory_parts WHERE batch_id = :id AND status = 'pending' "
                + "ORDER BY subject_id", batch);
    }

    /**
     * What has been answered about one kind of one contact or number.
     *
     * @param status stored, none, refused or failed
     * @param finding why it was refused or failed, in a sentence; null when it was not
     */
    @RegisterForReflection
    public record Answer(String subject, String subjectId, String kind, String status, @Nullable String finding) {

        /** OpenPhone gave it. */
        public static Answer given(DirectoryPart kind, String id, boolean some) {
            return new Answer(kind.subject().text(), id, kind.text(), some ? "stored" : "none", null);
        }

        /** OpenPhone refuses to give it. */
        public static Answer refused(DirectoryPart kind, String id, String finding) {
            return new Answer(kind.subject().text(), id, kind.text(), "refused", finding);
        }

        /** It could not be read. */
        public static Answer failed(DirectoryPart kind, String id, String finding) {
            return new Answer(kind.subject().text(), id, kind.text(), "failed", finding);
        }
    }

    /** Notes answers, and what is stored now; in the transaction that has stored it. */
    public static void settle(List<Answer> answers) {
        entityManager().createNativeQuery("""
                WITH answer AS (
                    SELECT * FROM jsonb_to_recordset(CAST(:answers AS jsonb))
                        AS answer(subject text, subject_id text, kind text, status text, finding text)
                ), locked AS (
                    SELECT part.subject, part.subject_id, part.kind, answer.status, answer.finding
                    FROM directory_parts AS part JOIN answer USING (subject, subject_id, kind)
                    ORDER BY part.subject, part.subject_id, part.kind FOR UPDATE OF part
                )
                UPDATE directory_parts AS part SET status = locked.status, finding = locked.finding,
                    asked_at = clock_timestamp(), rows = stored.rows, digest = stored.digest,
                    answered_digest = CASE WHEN locked.status IN ('stored', 'none') THEN part.subject_digest END
                FROM locked CROSS JOIN LATERAL stored_directory_part(locked.subject_id, locked.kind) AS stored
                WHERE part.subject = locked.subject AND part.subject_id = locked.subject_id AND part.kind = locked.kind
                """).setParameter("answers", JsonRows.rows(answers)).executeUpdate();
    }

    @RegisterForReflection
    private record RefusedRow(String kind, long refused, String finding) {
    }

    /**
     * A kind that OpenPhone refuses altogether.
     *
     * @param refused for how many contacts or numbers it was
     * @param finding what OpenPhone said for one of them
     */
    public record GivenUp(DirectoryPart kind, long refused, String finding) {
    }

    /** Gives up the kinds that were refused for enough contacts or numbers and given for none: those are not asked for. */
    public static List<GivenUp> giveUp(UUID run, Subject subject) {
        List<?> rows = entityManager().createNativeQuery("""
                WITH counted AS (
                    SELECT kind, count(*) FILTER (WHERE status = 'refused' AND run_id = :run) AS refused,
                        count(*) AS parts, coalesce(bool_or(status IN ('stored', 'none')), false) AS answered,
                        min(finding) FILTER (WHERE status = 'refused' AND run_id = :run) AS finding
                    FROM directory_parts WHERE subject = :subject GROUP BY kind
                ), given_up AS (
                    UPDATE directory_parts SET status = 'refused' WHERE (subject, subject_id, kind) IN (
                        SELECT part.subject, part.subject_id, part.kind FROM directory_parts AS part
                        JOIN counted ON counted.kind = part.kind
                        WHERE part.run_id = :run AND part.subject = :subject AND part.status = 'pending'
                            AND NOT counted.answered AND counted.refused >= least(:needed, counted.parts)
                        ORDER BY part.subject, part.subject_id, part.kind FOR UPDATE OF part)
                )
                SELECT kind, refused, coalesce(finding, '') AS finding FROM counted
                WHERE NOT answered AND refused > 0 AND refused >= least(:needed, parts) ORDER BY kind
                """, RefusedRow.class)
                .setParameter("run", run)
                .setParameter("subject", subject.text())
                .setParameter("needed", NEEDED)
                .getResultList();
        return rows.stream().map(RefusedRow.class::cast).map(row -> new GivenUp(DirectoryPart.of(row.kind()),
                row.refused(), row.finding())).toList();
    }

    /** Refuses everything that a run still has to ask for of a kind. */
    public static void refuse(UUID run, DirectoryPart kind, String finding) {
        entityManager().createNativeQuery("""
                UPDATE directory_parts SET status = 'refused', finding = :finding
                WHERE run_id = :run AND kind = :kind AND status = 'pending'
                """).setParameter("run", run).setParameter("kind", kind.text()).setParameter("finding", finding)
                .executeUpdate();
    }

    /** What a run that is given up was to ask once more, though it had been answered, stays as it was answered. */
    public static void keepAnswers(UUID run) {
        entityManager().createNativeQuery("""
                UPDATE directory_parts SET status = CASE WHEN rows > 0 THEN 'stored' ELSE 'none' END, batch_id = NULL
                WHERE run_id = :run AND status = 'pending' AND answered_digest = subject_digest
                """).setParameter("run", run).executeUpdate();
    }

    /** Whether all that a run had to ask for of a kind has been answered. */
    public static boolean isRead(UUID run, DirectoryPart kind) {
        return (Boolean) entityManager().createNativeQuery("""
                SELECT NOT EXISTS (SELECT FROM directory_parts
                    WHERE run_id = :run AND kind = :kind AND status IN ('pending', 'failed'))
                """).setParameter("run", run).setParameter("kind", kind.text()).getSingleResult();
    }

    /** Puts what a run has to ask for contacts into batches: so many contacts into each, in their order. */
    public static void putInto(List<UUID> batches, int size, List<String> contacts, UUID run) {
        entityManager().createNativeQuery("""
                UPDATE directory_parts AS part
                SET batch_id = CAST((CAST(:batches AS text[]))[1 + (contact.place - 1) / :size] AS uuid)
                FROM unnest(CAST(:contacts AS text[])) WITH ORDINALITY AS contact(id, place)
                WHERE part.subject = 'contact' AND part.subject_id = contact.id AND part.run_id = :run
                    AND part.status = 'pending'
                """)
                .setParameter("batches", batches.stream().map(UUID::toString).toArray(String[]::new))
                .setParameter("size", size)
                .setParameter("contacts", contacts.toArray(String[]::new))
                .setParameter("run", run)
                .executeUpdate();
    }

    /** Notes that OpenPhone answered others, but not for these contacts; returns those that were tried {@code max} times. */
    public static List<String> countUnanswered(UUID batch, List<String> contacts, int max) {
        List<?> hopeless = entityManager().createNativeQuery("""
                WITH part AS (
                    UPDATE directory_parts SET attempts = attempts + 1
                    WHERE batch_id = :batch AND subject_id = ANY(:contacts) AND status = 'pending'
                    RETURNING subject_id, attempts
                )
                SELECT subject_id FROM part GROUP BY subject_id HAVING max(attempts) >= :max
                """, String.class)
                .setParameter("batch", batch)
                .setParameter("contacts", contacts.toArray(String[]::new))
                .setParameter("max", max)
                .getResultList();
        return hopeless.stream().map(String.class::cast).toList();
    }

    /** Marks the pending parts of a batch as failed; returns the ids of their contacts or numbers, one for each part. */
    public static List<String> failOpen(UUID batch, String why) {
        List<?> failed = entityManager().createNativeQuery("""
                UPDATE directory_parts SET status = 'failed', finding = :why
                WHERE batch_id = :batch AND status = 'pending' RETURNING subject_id
                """, String.class).setParameter("batch", batch).setParameter("why", why).getResultList();
        return failed.stream().map(String.class::cast).toList();
    }

    @RegisterForReflection
    private record ReopenedRow(String kind, String subjectId) {
    }

    /**
     * Makes parts pending again that failed or were refused: those that the issues {@code only} are about, or all where it is
     * null.
     *
     * @return by kind, the ids of their contacts or numbers
     */
    public static Map<DirectoryPart, List<String>> reopenFailed(UUID run, Subject subject, Long @Nullable [] only) {
        List<?> rows = entityManager().createNativeQuery("""
                UPDATE directory_parts SET status = 'pending', batch_id = NULL, attempts = 0
                WHERE run_id = :run AND subject = :subject AND status IN ('failed', 'refused')
                    AND (CAST(:only AS bigint[]) IS NULL OR EXISTS (SELECT FROM import_issues
                        WHERE id = ANY(CAST(:only AS bigint[])) AND run_id = :run
                            AND (subject_id = directory_parts.subject_id OR subject_id = replace(kind, '_', ' ')
                                OR subject_id = replace(kind, '_', ' ') || ' of ' || directory_parts.subject_id)))
                RETURNING kind, subject_id
                """, ReopenedRow.class)
                .setParameter("run", run)
                .setParameter("subject", subject.text())
                .setParameter("only", only)
                .getResultList();
        return rows.stream().map(ReopenedRow.class::cast).collect(Collectors.groupingBy(row -> DirectoryPart.of(row.kind()),
                TreeMap::new, Collectors.mapping(ReopenedRow::subjectId, Collectors.toList())));
    }

    /**
     * Lets a run ask again for parts that were stored and have vanished or changed since.
     *
     * @return how many
     */
    public static int reopenVanished(UUID run) {
        return entityManager().createNativeQuery("""
                UPDATE directory_parts SET status = 'pending', run_id = :run, batch_id = NULL, attempts = 0
                WHERE (subject, subject_id, kind) IN (SELECT subject, subject_id, kind FROM directory_parts AS part WHERE %s
                    ORDER BY subject, subject_id, kind FOR UPDATE)
                """.formatted(VANISHED)).setParameter("run", run).executeUpdate();
    }

    @RegisterForReflection
    private record OpenRow(String subjectId, String kind) {
    }

    private static List<Open> open(String sql, UUID id) {
        List<?> rows = entityManager().createNativeQuery(sql, OpenRow.class).setParameter("id", id).getResultList();
        var kinds = rows.stream().map(OpenRow.class::cast).collect(Collectors.groupingBy(OpenRow::subjectId,
                LinkedHashMap::new, Collectors.mapping(row -> DirectoryPart.of(row.kind()), Collectors.toList())));
        return kinds.entrySet().stream().map(each -> new Open(each.getKey(), each.getValue().stream().sorted().toList()))
                .toList();
    }

    private static EntityManager entityManager() {
        return Panache.getEntityManager();
    }
}
