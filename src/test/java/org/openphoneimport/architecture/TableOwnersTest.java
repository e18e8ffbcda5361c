package org.openphoneimport.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

/** Which classes write which tables, as the SQL in their texts tells: a table has one class that writes it. */
@BesideOthers
class TableOwnersTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "org", "openphoneimport");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*$|^\\s*/?\\*.*$");
    private static final Pattern TEXT = Pattern.compile("(?s)\"\"\"(.*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\n])*)\"");
    private static final Pattern WRITE = Pattern.compile("\\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO)\\s+([a-z_]+|%\\S+)");
    private static final Pattern CLEAR = Pattern.compile("\\bTRUNCATE\\b");
    private static final Pattern COUNT = Pattern.compile("(?s)UPDATE import_runs\\b.*\\b(?:total|processed)_(?:\\w+|%\\S+) =");

    /** Those that one class alone cannot write, and why. */
    private static final Map<String, Set<String>> SEVERAL = Map.ofEntries(
            // Columns have owners: counters, status, issues, the listing's place and lease. Media and keys stand to the right of
            // the run; what is opened again is counted in the statement that opens it, which locks the run last.
            Map.entry("import_runs", Set.of("run.Runs", "run.Counters", "run.IssueLog", "listing.ListingBegin",
                    "listing.ListingExtent", "listing.ListingLease", "listing.ListingStore", "listing.ReadingPlan",
                    "media.MediaCounts", "media.MediaReopening", "directory.ProvenKeys", "verification.Repair")),
            Map.entry("import_conversations", Set.of("activity.Activity", "batch.BatchEnd", "batch.Batches", "batch.OpenItems",
                    "batch.Reopening", "keep.FailedWork", "listing.BatchCutter", "listing.ListingStore", "listing.ReadingPlan",
                    "reading.ConversationChunks", "reading.SliceChunks", "reading.SliceEnd")),
            // Numbers of what is stored, and ranges of what has been read.
            Map.entry("conversation_records", Set.of("activity.Activity", "run.Ledger")),
            // Found, downloaded, counted and tried again: of one package.
            Map.entry("media", Set.of("media.Media", "media.MediaTable", "media.MediaReopening")),
            Map.entry("import_media", Set.of("media.Media", "media.MediaCounts", "media.MediaReopening")));

    /** They take the table's name as a parameter: directory tables, and messages or calls. */
    private static final Set<String> OF_ANY_TABLE = Set.of("directory.DirectoryTable", "directory.Presence",
            "verification.Absences", "verification.Comparison");

    private static final Map<String, Set<String>> WRITERS = new TreeMap<>();
    private static final Set<String> CLEARING = new TreeSet<>();
    private static final Set<String> COUNTING = new TreeSet<>();

    @BeforeAll
    static void readTheTexts() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                var name = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
                var code = COMMENT.matcher(Files.readString(file)).replaceAll("");
                TEXT.matcher(code).results().map(text -> text.group(1) == null ? text.group(2) : text.group(1))
                        .forEach(text -> note(name, text));
            }
        }
    }

    private static void note(String name, String text) {
        WRITE.matcher(text).results().map(found -> found.group(1).startsWith("%") ? "%" : found.group(1))
                .forEach(table -> WRITERS.computeIfAbsent(table, any -> new TreeSet<>()).add(name));
        if (CLEAR.matcher(text).find()) {
            CLEARING.add(name);
        }
        if (COUNT.matcher(text).find()) {
            COUNTING.add(name);
        }
    }

    @Test
    void a_table_has_one_class_that_writes_it() {
        var several = new TreeMap<>(WRITERS);
        several.remove("%");
        assertThat(several).hasSizeGreaterThan(40);

        several.values().removeIf(writers -> writers.size() == 1);

        assertThat(several).containsExactlyInAnyOrderEntriesOf(SEVERAL);
    }

    @Test
    void few_write_a_table_that_they_are_told() {
        assertThat(WRITERS.get("%")).containsExactlyInAnyOrderElementsOf(OF_ANY_TABLE);
    }

    @Test
    void only_a_clear_empties_tables() {
        assertThat(CLEARING).containsExactlyInAnyOrder("start.ImportedData", "media.MediaRemoval");
    }

    @Test
    void a_runs_counters_change_through_its_counters() {
        assertThat(COUNTING).containsExactlyInAnyOrder("run.Counters",
                // Fixes the totals with the status.
                "run.Runs",
                // To the right of the run.
                "media.MediaCounts", "media.MediaReopening");
    }
}
