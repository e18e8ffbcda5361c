package org.openphoneimport.call;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.openphoneimport.database.JsonRows;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Which of the files that go by an id belongs to which call: one id may stand under several calls, and each of these has a
 * file of its own.
 */
public final class PartFiles {

    /** They have nothing in common. */
    static final PartFiles NONE = new PartFiles(Map.of());

    /** By call and id. */
    private final Map<List<String>, Integer> positions;

    private PartFiles(Map<List<String>, Integer> positions) {
        this.positions = positions;
    }

    /** The position of a call's file among those that go by that id. */
    public int position(String call, String id) {
        return positions.getOrDefault(List.of(call, id), 0);
    }

    @RegisterForReflection
    private record Row(String callId, String id, int position) {
    }

    /**
     * Stores parts of calls.
     *
     * @param lock names the kind, for two that store the same id at the same time
     * @param statement stores all rows, and returns call_id, id and position of each
     */
    static PartFiles store(String lock, List<?> received, String statement, UUID run) {
        var rows = JsonRows.rows(received);
        Panache.getEntityManager().createNativeQuery("""
                SELECT count(pg_advisory_xact_lock(hashtextextended(:lock || ' ' || id, 0))) FROM (
                    SELECT DISTINCT id FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS received(id text) ORDER BY id) AS part
                """, Long.class).setParameter("lock", lock).setParameter("rows", rows).getSingleResult();
        List<?> stored = Panache.getEntityManager().createNativeQuery(statement, Row.class)
                .setParameter("run", run).setParameter("rows", rows).getResultList();
        return new PartFiles(stored.stream().map(Row.class::cast).collect(Collectors.toMap(
                row -> List.of(row.callId(), row.id()), row -> row.position())));
    }
}
