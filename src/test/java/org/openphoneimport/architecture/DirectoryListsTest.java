package org.openphoneimport.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.openphoneimport.run.WorkspaceList;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A list of the directory is named in several statements. One that is forgotten in one of them is imported all the same, but
 * never missed, compared, counted or cleared.
 */
@BesideOthers
class DirectoryListsTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "org", "openphoneimport");
    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");

    private static final Pattern DIGEST = Pattern.compile("FUNCTION row_digest\\(p_row (\\w+)\\) RETURNS");
    /** Other checks than that of the directory compare these, and count them. */
    private static final Pattern OF_OTHER_CHECKS = Pattern.compile("conversations|messages|calls|call_\\w+|phone_numbers");

    @Test
    void all_imported_tables_are_cleared() throws IOException {
        assertThat(imported()).hasSizeGreaterThan(15).allSatisfy(table -> assertThat(text("start/ImportedData.java"))
                .containsPattern("\\b%s\\b".formatted(table)));
    }

    @Test
    void all_tables_of_the_directory_are_compared_and_counted() throws IOException {
        var compared = text("verification/StoredChecks.java") + Files.readString(MIGRATIONS.resolve("R__Compute_digests.sql"));

        assertThat(imported()).filteredOn(table -> !OF_OTHER_CHECKS.matcher(table).matches()).hasSizeGreaterThan(8)
                .allSatisfy(table -> {
                    assertThat(compared).contains("FROM %s AS stored".formatted(table));
                    assertThat(text("verification/CheckFigures.java")).contains("(SELECT count(*) FROM %s)".formatted(table));
                });
    }

    @Test
    void rows_of_a_list_that_have_vanished_are_noticed() throws IOException {
        var checks = text("verification/StoredChecks.java");

        assertThat(imported()).filteredOn(table -> checks.contains("FROM %s AS stored".formatted(table))).hasSizeGreaterThan(4)
                .allSatisfy(table -> assertThat(checks)
                        .containsPattern("count\\(digest\\)( AS rows)? FROM %s\\b".formatted(table)));
    }

    @Test
    void a_list_of_the_directory_that_was_never_read_is_a_gap() throws IOException {
        var gaps = Files.readString(MIGRATIONS.resolve("R__View_workspace_gaps.sql"));

        assertThat(EnumSet.complementOf(EnumSet.of(WorkspaceList.MESSAGES, WorkspaceList.CALLS, WorkspaceList.CONVERSATIONS)))
                .allSatisfy(list -> assertThat(gaps).contains("('%s')".formatted(list.words().replace(' ', '_'))));
    }

    private static List<String> imported() throws IOException {
        return DIGEST.matcher(Files.readString(MIGRATIONS.resolve("R__Compute_digests.sql"))).results()
                .map(function -> function.group(1)).toList();
    }

    private static String text(String source) throws IOException {
        return Files.readString(SOURCES.resolve(source));
    }
}
