package org.openphoneimport.listing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.directory.DirectoryConfig;
import org.openphoneimport.directory.DirectoryPart;
import org.openphoneimport.directory.DirectoryPart.Subject;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.WorkspaceList;
import org.openphoneimport.testsupport.Bench;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** What configuration leaves out is neither asked for nor missing, and is named. */
@QuarkusTest
class DirectoryPlanTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();

    @Inject
    EntityManager entityManager;

    @Inject
    ListLedger ledger;

    @BeforeEach
    void store_a_run() {
        bench.reset();
        bench.database().execute(
                """
                        INSERT INTO import_runs (id, type, status, window_from, key_hash) VALUES (?, 'historical', 'failed', '2020-01-01', 'x')
                        """,
                RUN);
    }

    private DirectoryPlan plan(Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder().withConverter(Duration.class, 1000, new DurationConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(DirectoryConfig.class).build().getConfigMapping(DirectoryConfig.class);
        return new DirectoryPlan(entityManager, config, ledger);
    }

    @Test
    void everything_is_wanted_unless_it_is_left_out() {
        assertThat(plan(Map.of()).wanted(RUN, Subject.CONTACT)).containsExactly(DirectoryPart.CONTACT_NOTES,
                DirectoryPart.CONTACT_PROPERTIES, DirectoryPart.CONTACT_SHARES);
        for (var list : WorkspaceList.values()) {
            assertThat(plan(Map.of()).leftOut(false, list)).as(list.words()).isEmpty();
        }
    }

    @Test
    void each_kind_can_be_left_out_and_says_by_which_setting() {
        var settings = Map.of("organization", WorkspaceList.ORGANIZATION, "tasks", WorkspaceList.TASKS, "hours",
                WorkspaceList.NUMBER_HOURS, "members", WorkspaceList.NUMBER_MEMBERS, "settings", WorkspaceList.NUMBER_SETTINGS,
                "notes", WorkspaceList.CONTACT_NOTES, "properties", WorkspaceList.CONTACT_PROPERTIES, "shares",
                WorkspaceList.CONTACT_SHARES);
        settings.forEach((name, list) -> {
            var plan = plan(Map.of("directory." + name, "false"));
            for (var each : WorkspaceList.values()) {
                assertThat(plan.leftOut(false, each)).as("%s without %s", each.words(), name).isEqualTo(each == list
                        ? java.util.Optional.of("DIRECTORY_" + name.toUpperCase(java.util.Locale.ROOT) + "=false")
                        : java.util.Optional.empty());
            }
        });
    }

    @Test
    void what_only_the_newer_api_has_is_left_out_where_only_v1_may_be_asked() {
        for (var list : WorkspaceList.values()) {
            assertThat(plan(Map.of()).leftOut(true, list)).as(list.words()).isEqualTo(WorkspaceList.ofDated().contains(list)
                    ? java.util.Optional.of("OPENPHONE_API=v1")
                    : java.util.Optional.empty());
        }
        bench.database().execute("UPDATE import_runs SET only_v1 = true");
        assertThat(plan(Map.of()).wanted(RUN, Subject.CONTACT)).isEmpty();
    }

    @Test
    void what_is_left_out_is_no_gap_until_it_is_wanted_again() {
        bench.database().execute("""
                INSERT INTO list_records (list, read) VALUES ('conversations', '{(,2026-03-10T00:00:00Z)}')
                """);
        var lists = List.of(WorkspaceList.CONTACT_NOTES, WorkspaceList.TASKS);
        assertThat(gaps()).contains("contact notes", "tasks");

        var without = plan(Map.of("directory.notes", "false", "directory.tasks", "false"));
        QuarkusTransaction.requiringNew().run(() -> without.noteLeftOut(false, lists));
        assertThat(gaps()).doesNotContain("contact notes", "tasks").contains("contact shares");
        assertThat(bench.database().row("SELECT left_out FROM list_records WHERE list = 'contact_notes'").text("left_out"))
                .isEqualTo("DIRECTORY_NOTES=false");

        var with = plan(Map.of());
        QuarkusTransaction.requiringNew().run(() -> with.noteLeftOut(false, lists));
        assertThat(gaps()).contains("contact notes", "tasks");
    }

    private List<String> gaps() {
        return bench.database().rows("SELECT subject_id FROM workspace_gaps WHERE subject = 'list'").stream()
                .map(row -> row.text("subject_id")).toList();
    }
}
