package org.openphoneimport.invocation;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Row;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person finds who looks at the tables in psql. */
@QuarkusTest
class SchemaDocumentationTest {

    private static final String RELATIONS = """
            (SELECT oid, relname, relkind FROM pg_class WHERE relnamespace = CAST('public' AS regnamespace)
                AND relkind IN ('r', 'p', 'v', 'm') AND relname NOT LIKE 'flyway\\_%') AS relation""";

    private final Bench bench = Bench.get();

    @Test
    void each_table_and_each_view_says_what_it_is() {
        assertThat(names("SELECT relname AS name FROM " + RELATIONS)).contains("messages", "conversation_overview");
        assertThat(names("SELECT relname AS name FROM %s WHERE obj_description(oid, 'pg_class') IS NULL".formatted(RELATIONS)))
                .isEmpty();
    }

    @Test
    void each_column_says_what_it_means() {
        assertThat(names("""
                SELECT relname || '.' || attname AS name FROM %s JOIN pg_attribute ON attrelid = relation.oid
                WHERE attnum > 0 AND NOT attisdropped AND col_description(relation.oid, attnum) IS NULL
                """.formatted(RELATIONS))).isEmpty();
    }

    @Test
    void each_function_says_what_it_does() {
        assertThat(names("""
                SELECT CAST(CAST(oid AS regprocedure) AS text) AS name FROM pg_proc
                WHERE pronamespace = CAST('public' AS regnamespace) AND obj_description(oid, 'pg_proc') IS NULL
                """)).isEmpty();
    }

    @Test
    void names_of_constraints_and_indexes_tell_table_and_kind() {
        assertThat(names("""
                SELECT relname || ': ' || conname AS name FROM %s JOIN pg_constraint ON conrelid = relation.oid
                WHERE contype <> 'n' AND conname !~ ('^' || relname || CASE contype
                    WHEN 'p' THEN '_pkey$' WHEN 'u' THEN '_[a-z_]+_ukey$' WHEN 'f' THEN '_[a-z_]+_fkey$'
                    WHEN 'c' THEN '_[a-z_]+_check$' ELSE '_?$' END)
                UNION ALL
                SELECT relation.relname || ': ' || class.relname FROM %s JOIN pg_index ON indrelid = relation.oid
                JOIN pg_class AS class ON class.oid = indexrelid
                WHERE class.relname !~ ('^' || relation.relname || CASE WHEN indisprimary THEN '_pkey$'
                    WHEN indisunique THEN '_[a-z_]+_ukey$' ELSE '_[a-z_]+_idx$' END)
                """.formatted(RELATIONS, RELATIONS))).isEmpty();
    }

    @Test
    void times_have_a_zone_and_documents_are_binary() {
        assertThat(names("""
                SELECT relname || '.' || attname AS name FROM %s JOIN pg_attribute ON attrelid = relation.oid
                WHERE attnum > 0 AND NOT attisdropped
                    AND format_type(atttypid, NULL) IN ('timestamp without time zone', 'time without time zone', 'json')
                """.formatted(RELATIONS))).isEmpty();
    }

    private List<String> names(String sql) {
        return bench.database().rows(sql).stream().map(SchemaDocumentationTest::name).toList();
    }

    private static String name(Row row) {
        return String.valueOf(row.text("name"));
    }
}
