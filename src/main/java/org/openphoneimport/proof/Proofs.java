package org.openphoneimport.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.verification.WorkspaceCheck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Writes the document of a run's last verification, all of it at one moment. */
@ApplicationScoped
public class Proofs {

    private static final String TITLE = "What openphone-import found when it compared the database with OpenPhone";

    private static final String DIGESTS = "SHA-256 in hexadecimal, of one line for each message or call of the number, in the order "
            + "of the bytes of their ids, joined by line feeds (UTF-8). Message: id, tab, creation time as 2026-01-31T12:00:00.000Z, "
            + "tab, SHA-256 of its text in hexadecimal. Call: id, tab, creation time, tab, seconds. What is not known is empty. "
            + "Messages and calls that OpenPhone no longer shows are left out.";

    private static final String NUMBERS = """
            WITH message AS (
                SELECT coalesce(phone_number_id, '') AS number, count(*) AS count,
                    encode(sha256(convert_to(string_agg(concat(id, chr(9), <TIME>, chr(9),
                        encode(sha256(convert_to(coalesce(text, ''), 'UTF8')), 'hex')), chr(10) ORDER BY id COLLATE "C"), 'UTF8')),
                        'hex') AS digest
                FROM messages WHERE absent_since IS NULL GROUP BY 1
            ), call AS (
                SELECT coalesce(phone_number_id, '') AS number, count(*) AS count,
                    encode(sha256(convert_to(string_agg(concat(id, chr(9), <TIME>, chr(9), duration), chr(10)
                        ORDER BY id COLLATE "C"), 'UTF8')), 'hex') AS digest
                FROM calls WHERE absent_since IS NULL GROUP BY 1
            ), conversation AS (
                SELECT coalesce(phone_number_id, '') AS number, count(*) AS count FROM conversations
                WHERE absent_since IS NULL GROUP BY 1
            )
            SELECT known.id, own.number, own.name, coalesce(conversation.count, 0) AS conversations,
                coalesce(message.count, 0) AS messages, coalesce(message.digest, <NOTHING>) AS messages_digest,
                coalesce(call.count, 0) AS calls, coalesce(call.digest, <NOTHING>) AS calls_digest
            FROM (SELECT id FROM phone_numbers UNION SELECT number FROM message UNION SELECT number FROM call
                UNION SELECT number FROM conversation) AS known
            LEFT JOIN phone_numbers AS own ON own.id = known.id
            LEFT JOIN message ON message.number = known.id
            LEFT JOIN call ON call.number = known.id
            LEFT JOIN conversation ON conversation.number = known.id
            ORDER BY own.number NULLS LAST, known.id
            """
            .replace("<TIME>", "to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")
            .replace("<NOTHING>", "encode(sha256(''), 'hex')");

    private static final String MONTHS = """
            SELECT month.number AS id, own.number, month.month, CAST(sum(messages) AS bigint) AS messages,
                CAST(sum(calls) AS bigint) AS calls
            FROM (
                SELECT coalesce(phone_number_id, '') AS number,
                    coalesce(to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM'), '') AS month, count(*) AS messages, 0 AS calls
                FROM messages WHERE absent_since IS NULL GROUP BY 1, 2
                UNION ALL
                SELECT coalesce(phone_number_id, ''), coalesce(to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM'), ''), 0, count(*)
                FROM calls WHERE absent_since IS NULL GROUP BY 1, 2
            ) AS month LEFT JOIN phone_numbers AS own ON own.id = month.number
            GROUP BY month.number, own.number, month.month ORDER BY own.number NULLS LAST, month.number, month.month
            """;

    private final Snapshot snapshot;
    private final EntityManager entityManager;
    private final WorkspaceCheck workspace;
    private final ObjectMapper mapper;

    Proofs(Snapshot snapshot, EntityManager entityManager, WorkspaceCheck workspace, ObjectMapper mapper) {
        this.snapshot = snapshot;
        this.entityManager = entityManager;
        this.workspace = workspace;
        this.mapper = mapper;
    }

    @RegisterForReflection
    private record VerificationRow(long id, String status, Instant startedAt, @Nullable Instant checkedAt, boolean complete,
            String checks, Instant now) {
    }

    @RegisterForReflection
    private record RunRow(String id, String type, String status, @Nullable Instant windowFrom, @Nullable Instant windowTo,
            @Nullable Instant startedAt, @Nullable Instant completedAt, @Nullable String api, @Nullable String witness,
            @Nullable String witnessObstacle) {
    }

    /** Throws {@link RefusedException} when there is no such run, or it was not verified. */
    public Proof of(UUID run) {
        return snapshot.read(() -> {
            var scope = scope(run).orElseThrow(() -> RefusedException.unknown("There is no run " + run));
            var verification = rows("""
                    SELECT id, status, started_at, checked_at, complete, CAST(checks AS text) AS checks, now() AS now
                    FROM verifications WHERE run_id = :value ORDER BY id DESC LIMIT 1
                    """, VerificationRow.class, run).findFirst()
                    .orElseThrow(() -> RefusedException.unknown("Run " + run + " has not been verified yet"));
            return new Proof(TITLE, verification.now(), scope, verdict(verification),
                    checks(verification.checks()), numbers(), months(), DIGESTS,
                    findings(verification.id()), accepted(),
                    Stream.of(NotGiven.values()).map(each -> new Proof.Lack(each.what(), each.remedy())).toList());
        });
    }

    private Optional<Proof.Scope> scope(UUID run) {
        return rows("""
                SELECT CAST(id AS text) AS id, type, status, CASE WHEN window_from_given THEN window_from END AS window_from,
                    window_to, started_at, completed_at, api, witness, witness_obstacle
                FROM import_runs WHERE id = :value
                """, RunRow.class, run).findFirst().map(row -> {
            var all = workspace.read();
            return new Proof.Scope(row.id(), row.type(), row.status(), row.windowFrom(), row.windowTo(),
                    row.startedAt(), row.completedAt(), row.api(), row.witness(), row.witnessObstacle(), all.sentence(),
                    all.coveredUntil());
        });
    }

    private static Proof.Verdict verdict(VerificationRow row) {
        var status = row.status();
        return new Proof.Verdict(status, row.startedAt(), status.equals("running") ? null : row.checkedAt(), row.complete());
    }

    private List<Proof.Check> checks(String json) {
        try {
            return mapper.readTree(json).valueStream().map(Proofs::check).toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of checks: " + e.getOriginalMessage(), e);
        }
    }

    private static Proof.Check check(JsonNode check) {
        return new Proof.Check(check.path("name").asText(), check.path("checked").asLong(), check.path("found").asLong());
    }

    private List<Proof.OwnNumber> numbers() {
        return rows(NUMBERS, Proof.OwnNumber.class).toList();
    }

    private List<Proof.Month> months() {
        return rows(MONTHS, Proof.Month.class).toList();
    }

    private List<Proof.Finding> findings(long verification) {
        return rows("""
                SELECT kind, subject, subject_id, conversation_id, finding FROM discrepancies WHERE verification_id = :value
                ORDER BY gravity(kind), id
                """, Proof.Finding.class, verification).toList();
    }

    private List<Proof.Accepted> accepted() {
        return rows("""
                SELECT subject, subject_id, finding, accepted_by, reason, accepted_at FROM accepted_gaps
                ORDER BY accepted_at, subject, subject_id
                """, Proof.Accepted.class).toList();
    }

    private <T> Stream<T> rows(String sql, Class<T> type) {
        List<?> rows = entityManager.createNativeQuery(sql, type).getResultList();
        return rows.stream().map(type::cast);
    }

    private <T> Stream<T> rows(String sql, Class<T> type, Object value) {
        List<?> rows = entityManager.createNativeQuery(sql, type).setParameter("value", value).getResultList();
        return rows.stream().map(type::cast);
    }
}
