package org.openphoneimport.frame;

import java.sql.SQLException;

import jakarta.persistence.PersistenceException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What people are told when the database cannot be asked. */
class DatabaseTroubleTest {

    private static final String URL = "jdbc:postgresql://db.example.com:5432/imports?password=secret&sslmode=verify-full";

    @ParameterizedTest
    @CsvSource(textBlock = """
            08001, The database does not answer
            57P01, The database does not answer
            '',    The database does not answer
            28P01, The database refuses its user
            53300, The database has no connection free
            25006, The database takes no changes
            """)
    void what_has_happened_is_told_by_the_state_with_the_server_and_no_secret(String state, String what) {
        var failure = new PersistenceException(new SQLException("secret", state.isEmpty() ? null : state));

        var trouble = DatabaseTrouble.of(failure, URL).orElseThrow();

        assertThat(trouble.what()).isEqualTo(what);
        assertThat(trouble.remedy()).contains("PostgreSQL at db.example.com:5432/imports").doesNotContain("secret");
    }

    @Test
    void a_commit_without_a_server_is_told_as_such() {
        var failure = new IllegalStateException("Rolled back");
        failure.addSuppressed(new SQLException("Closed", "08003"));

        assertThat(DatabaseTrouble.of(failure, URL)).isPresent();
    }

    @Test
    void what_the_database_answers_is_no_trouble_with_it() {
        assertThat(DatabaseTrouble.of(new PersistenceException(new SQLException("No such table", "42P01")), URL)).isEmpty();
        assertThat(DatabaseTrouble.of(new IllegalStateException("A mistake of ours"), URL)).isEmpty();
    }
}
