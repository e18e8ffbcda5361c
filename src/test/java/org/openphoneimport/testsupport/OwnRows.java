package org.openphoneimport.testsupport;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;

import org.jspecify.annotations.Nullable;

/** Rows of a test's own transaction ({@code @TestTransaction}): the application's functions never see them. */
@ApplicationScoped
public class OwnRows {

    private final EntityManager entityManager;

    OwnRows(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Runs one statement; returns how many rows it changed. What has been loaded before is loaded anew. */
    public int execute(String sql, Object... parameters) {
        entityManager.flush();
        int changed = with(entityManager.createNativeQuery(sql), parameters).executeUpdate();
        entityManager.clear();
        return changed;
    }

    /** The rows that there are. */
    public List<Tuple> rows(String sql, Object... parameters) {
        List<?> rows = with(entityManager.createNativeQuery(sql, Tuple.class), parameters).getResultList();
        return rows.stream().map(Tuple.class::cast).toList();
    }

    /** The one value that there is. */
    public @Nullable Object value(String sql, Object... parameters) {
        var rows = rows(sql, parameters);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of one: " + sql);
        }
        return rows.getFirst().get(0);
    }

    /** The one text that there is; {@code null} for null. */
    public String text(String sql, Object... parameters) {
        return String.valueOf(value(sql, parameters));
    }

    private static Query with(Query query, Object... parameters) {
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }
}
