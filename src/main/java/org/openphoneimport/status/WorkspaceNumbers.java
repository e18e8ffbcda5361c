package org.openphoneimport.status;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads the workspace's own phone numbers, which people know it by. Called within a {@link Snapshot}. */
@ApplicationScoped
public class WorkspaceNumbers {

    private static final int FIRST = 2;

    private final EntityManager entityManager;

    WorkspaceNumbers(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @RegisterForReflection
    private record Row(String number, long all) {
    }

    /**
     * The workspace's numbers.
     *
     * @param first the oldest of them, at most two; empty before the first import
     * @param more how many there are beside these
     */
    public record Oldest(List<String> first, long more) {
    }

    /** Those that OpenPhone still has. */
    public Oldest oldest() {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT coalesce(number, id) AS number, count(*) OVER () AS all
                FROM phone_numbers WHERE absent_since IS NULL ORDER BY created_at NULLS LAST, id LIMIT :first
                """, Row.class).setParameter("first", FIRST).getResultList();
        var numbers = rows.stream().map(row -> ((Row) row).number()).toList();
        return new Oldest(numbers, rows.isEmpty() ? 0 : ((Row) rows.getFirst()).all() - numbers.size());
    }
}
