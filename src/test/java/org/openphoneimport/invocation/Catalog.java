package org.openphoneimport.invocation;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What Postgres has of a schema, a line each thing, sorted. The order of columns is left out, and so is Flyway's own table. */
final class Catalog {

    private static final String DEFINITIONS = """
            WITH relation AS (
                SELECT oid, relname, CAST(relkind AS text) AS kind FROM pg_class
                WHERE relnamespace = CAST('public' AS regnamespace) AND relname NOT LIKE 'flyway\\_%'
            ), routine AS (
                SELECT oid, CAST(CAST(oid AS regprocedure) AS text) AS name FROM pg_proc
                WHERE pronamespace = CAST('public' AS regnamespace)
            )
            SELECT format('%s.%s %s, not null %s, default %s, identity %s, generated %s: %s', relname, attname,
                format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity, attgenerated,
                col_description(relation.oid, attnum)) AS definition
            FROM relation JOIN pg_attribute ON attrelid = relation.oid
            LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE kind IN ('r', 'p', 'v', 'm') AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT format('%s of kind %s: %s', relname, kind, obj_description(oid, 'pg_class')) FROM relation
            UNION ALL
            SELECT format('constraint %s of %s: %s', conname, relname, pg_get_constraintdef(pg_constraint.oid))
            FROM relation JOIN pg_constraint ON conrelid = relation.oid
            -- Those of columns that must not be null have names since Postgres 18, and keep those of columns that were renamed.
            WHERE contype <> 'n'
            UNION ALL
            SELECT pg_get_indexdef(indexrelid) FROM relation JOIN pg_index ON indrelid = relation.oid
            UNION ALL
            SELECT pg_get_triggerdef(pg_trigger.oid) FROM relation JOIN pg_trigger ON tgrelid = relation.oid AND NOT tgisinternal
            UNION ALL
            SELECT format('view %s: %s', relname, pg_get_viewdef(oid)) FROM relation WHERE kind IN ('v', 'm')
            UNION ALL
            SELECT format('sequence %s: %s from %s by %s, %s to %s, cache %s, cycle %s', relname, format_type(seqtypid, NULL),
                seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle)
            FROM relation JOIN pg_sequence ON seqrelid = relation.oid
            UNION ALL
            SELECT format('%s: %s, %s', name, pg_get_functiondef(oid), obj_description(oid, 'pg_proc')) FROM routine
            ORDER BY definition
            """;

    private Catalog() {
    }

    /** Tables, columns, constraints, indexes, triggers, views, sequences and functions, with their comments. */
    static List<String> definitions(String url) throws SQLException {
        return query(url, DEFINITIONS);
    }

    /** The only column of what a query returns. */
    static List<String> query(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
