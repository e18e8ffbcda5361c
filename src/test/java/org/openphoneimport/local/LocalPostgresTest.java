package org.openphoneimport.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who else has a user on this machine reaches the embedded PostgreSQL, too. */
@BesideOthers
class LocalPostgresTest {

    /** Its servers end with this process. */
    private final Path directory = Files.createTempDirectory("postgres");

    LocalPostgresTest() throws IOException {
    }

    @Test
    void nobody_gets_in_without_the_password_which_only_its_owner_can_read() throws Exception {
        var postgres = LocalPostgres.start(directory.resolve("new"), "");

        assertThat(userOf(postgres, postgres.password())).isEqualTo("postgres");
        assertThat(postgres.password()).hasSizeGreaterThan(30);
        for (var guess : new String[] { "", "postgres" }) {
            assertThatThrownBy(() -> userOf(postgres, guess)).isInstanceOf(SQLException.class).hasMessageContaining("password");
            assertThatThrownBy(() -> new DatabaseCheck(postgres.url(), "postgres", guess).run()).hasMessageMatching(
                    "The database at localhost:\\d+/postgres refuses the user \"postgres\": .*password.*[^.]\\. "
                            + "Check QUARKUS_DATASOURCE_USERNAME and \\.\\.\\._PASSWORD");
        }
        assertThat(Files.readString(postgres.passwordFile()).strip()).isEqualTo(postgres.password());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(postgres.passwordFile())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(directory.resolve("new/data/pg_hba.conf")).lines().filter(rule -> !rule.startsWith("#")))
                .noneMatch(rule -> rule.contains("trust"));
    }

    @Test
    void data_of_an_earlier_version_that_let_everyone_in_get_the_password_that_is_given() throws Exception {
        var old = directory.resolve("old");
        EmbeddedPostgres.builder().setDataDirectory(old.resolve("data")).setCleanDataDirectory(false).start().close();

        var postgres = LocalPostgres.start(old, "it's mine");

        assertThat(userOf(postgres, "it's mine")).isEqualTo("postgres");
        assertThatThrownBy(() -> userOf(postgres, "")).isInstanceOf(SQLException.class);
        assertThat(Files.readString(postgres.passwordFile()).strip()).isEqualTo("it's mine");
    }

    @Test
    void a_password_that_is_set_is_used_and_the_start_says_how_psql_gets_in() {
        var settings = Machine.start(Environment.of(Map.of("LOCAL_DIRECTORY", directory.toString(), "LOCAL_POSTGRES_PASSWORD",
                "mine", "OPENPHONE_API_KEY", "key", "IMPORT_QUEUE_URL", "elsewhere", "MEDIA_DIRECTORY", "elsewhere")))
                .settings();

        assertThat(settings).containsEntry("quarkus.datasource.password", "mine");
        assertThat(settings.get("local.psql"))
                .matches("PGPASSWORD=\"\\$\\(cat '%s'\\)\" psql -h localhost -p \\d+ -U postgres postgres"
                        .formatted(directory.resolve("postgres/password")));
    }

    private static String userOf(LocalPostgres postgres, String password) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.url(), LocalPostgres.USER, password);
                var row = connection.createStatement().executeQuery("SELECT current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
