package org.openphoneimport.imports;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What OpenPhone sends is stored as closely as Postgres allows; nothing of it fails a row, a page or a run. */
@QuarkusTest
@Landing
class OddRowsTest {

    private final Bench bench = Bench.get();
    private final OddFixtures fixtures = new OddFixtures(bench.workspace().directory().phoneNumbers().getFirst());
    private final OddStored stored = new OddStored(bench.database());

    @BeforeEach
    void serve_odd_rows() {
        bench.reset();
        bench.openPhone().intercept(this::answer);
    }

    @Test
    void every_row_is_stored_once_and_the_run_completes() {
        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(stored.identified("conversations")).isEqualTo(Set.of("CNplain", "CNother", "CNnobody", "CNnumberless",
                "CNown", "CNtwin1", "CNtwin2", "CNbare", "CNwrong", "CNtext"));
        assertThat(stored.identified("messages")).isEqualTo(
                Set.of("5", "AC01", "AC02", "AC03", "AC04", "AC05", "AC06", "AC07", "AC08", "AC09", "AC10", "AC11"));
        assertThat(stored.identified("calls")).isEqualTo(Set.of("AC21", "AC22", "AC23"));
        assertThat(run.number("processed_conversations")).isEqualTo(12).isEqualTo(bench.database().size("conversations"));
        assertThat(run.number("processed_messages")).isEqualTo(13).isEqualTo(bench.database().size("messages"));
        assertThat(run.number("processed_calls")).isEqualTo(4);
        assertThat(stored.errors()).isEmpty();
    }

    @Test
    void what_postgres_cannot_hold_is_replaced_and_kept_in_the_payload() {
        bench.importAll();

        assertThat(stored.message("AC01").text("text")).isEqualTo("a\uFFFDb");
        assertThat(stored.payload("AC01", "text")).isEqualTo("a\\u0000b");
        assertThat(stored.message("AC02").text("text")).isEqualTo("half a bike: \uFFFD");
        assertThat(stored.message("AC02").text("from_number")).isEqualTo("short \uFFFD code");
        assertThat(stored.payload("AC02", "text")).isEqualTo("half a bike: \\ud83d");
        assertThat(stored.payload("AC10", "huge")).isEqualTo("1E+999999999");
        assertThat(stored.payload("AC10", "exact"))
                .isEqualTo("0.10000000000000000000000000000000000001");
        assertThat(stored.payload("AC10", "big")).hasSize(2000);
        assertThat(stored.conversation("CNplain").text("name")).isEqualTo("null");
        assertThat(stored.call("AC21").text("call_route")).isEqualTo("nul\uFFFD");
    }

    @Test
    void unknown_values_are_stored_and_what_does_not_fit_is_null() {
        bench.importAll();

        assertThat(stored.message("AC03").text("status")).isEqualTo("teleported");
        assertThat(stored.message("AC03").text("direction")).isEqualTo("sideways");
        assertThat(stored.message("AC06").text("text")).isEqualTo("null");
        assertThat(stored.message("AC06").text("from_number")).isEqualTo("24365");
        assertThat(stored.message("AC07").get("created_at")).isNull();
        assertThat(stored.call("AC21").get("duration")).isNull();
        assertThat(bench.database().rows("SELECT url FROM media")).extracting(row -> row.text("url"))
                .containsExactly("https://m.openph.one/static/1.png");
    }

    @Test
    void the_newest_state_wins_wherever_it_stands() {
        bench.importAll();

        assertThat(stored.message("AC08").text("text")).isEqualTo("newest");
        assertThat(stored.message("AC08").text("status")).isEqualTo("delivered");
        assertThat(stored.conversation("CNplain").text("name")).isEqualTo("null");
    }

    @Test
    void a_message_belongs_to_the_conversation_that_it_names() {
        bench.importAll();

        assertThat(stored.message("AC09").text("conversation_id")).isEqualTo("CNother");
        assertThat(stored.message("AC11").text("conversation_id")).isEqualTo("CNunlisted");
        assertThat(stored.message("AC04").text("conversation_id")).isEqualTo("CNplain");
        assertThat(bench.database().count("SELECT messages FROM import_conversations WHERE conversation_id = 'CNother'"))
                .isEqualTo(1);
    }

    @Test
    void everything_odd_is_a_warning_that_names_the_row() {
        var run = bench.importAll();

        assertThat(stored.warnings("message")).contains("5", "AC01", "AC02", "AC03", "AC04", "AC05", "AC06", "AC07").hasSize(9);
        assertThat(stored.text(
                "SELECT what FROM import_issues WHERE subject_id LIKE 'unidentified-%' AND subject = 'message'"))
                .contains("has no id");
        assertThat(stored.warning("AC01")).isEqualTo("text holds characters that Postgres cannot store");
        assertThat(stored.warning("AC03"))
                .isEqualTo("direction has the unknown value sideways; status has the unknown value teleported");
        assertThat(stored.warning("AC04")).isEqualTo("has no direction; has no status; has no createdAt");
        assertThat(stored.warning("AC07")).contains("createdAt is not a date: 2026-02-30T00:00:00Z");
        assertThat(stored.warnings("call")).contains("AC21", "AC22", "AC23").hasSize(4);
        assertThat(stored.warning("CNnobody")).startsWith("It has no number or no participants");
        assertThat(stored.warnings("conversation")).contains("CNnobody", "CNnumberless", "CNbare", "CNwrong", "CNtext",
                "CNplain");
        assertThat(stored.text("SELECT what FROM import_issues WHERE subject = 'page'"))
                .isEqualTo("Elements of the list that are no conversations: 1");
        assertThat(stored.text("SELECT what FROM import_issues WHERE subject_id = 'CNplain' AND stage = 'messages'"))
                .isEqualTo("Elements of the list that are no documents: 3");
        assertThat(Json.read(run.text("warnings").getBytes(StandardCharsets.UTF_8)).size())
                .isEqualTo(Math.toIntExact(bench.database().size("import_issues")));
    }

    @Test
    void only_what_openphone_can_answer_is_asked_for() {
        bench.importAll();

        assertThat(asked("messages")).containsExactlyInAnyOrder(
                "+16175550001", "+16175550001", "+16175550002", "+16175550004", "+16175550005 +16175550006", "+16175550009",
                "+16175550010");
        assertThat(asked("calls")).containsExactlyInAnyOrder("+16175550001", "+16175550002", "+16175550004", "+16175550009",
                "+16175550010");
    }

    @Test
    void a_second_run_over_odd_rows_changes_nothing() {
        bench.importAll();
        var before = stored.activities();

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(run.number("processed_messages")).isEqualTo(13);
        assertThat(stored.activities()).isEqualTo(before);
    }

    private Fault answer(SampleRequest request) {
        boolean second = request.parameter("pageToken").isPresent();
        return switch (request.template()) {
            case "/v1/conversations" -> request.parameter("updatedAfter").isPresent() ? OddFixtures.nothing()
                    : fixtures.answer(second ? "odd-conversations-2.json" : "odd-conversations-1.json");
            case "/v1/messages" -> ofPlain(request) ? fixtures.answer(second ? "odd-messages-2.json" : "odd-messages-1.json")
                    : OddFixtures.nothing();
            case "/v1/calls" -> ofPlain(request) ? fixtures.answer("odd-calls.json") : OddFixtures.nothing();
            default -> Fault.none();
        };
    }

    private static boolean ofPlain(SampleRequest request) {
        return request.parameter("participants").orElse("").equals("+16175550001");
    }

    private List<String> asked(String resource) {
        return bench.openPhone().requests().all().stream()
                .filter(request -> request.path().equals("/v1/" + resource))
                .map(request -> List.of(request.query().split("&")).stream()
                        .filter(parameter -> parameter.startsWith("participants="))
                        .map(parameter -> parameter.substring("participants=".length()).replace("%2B", "+"))
                        .sorted().reduce((one, other) -> one + " " + other).orElse("nobody"))
                .toList();
    }
}
