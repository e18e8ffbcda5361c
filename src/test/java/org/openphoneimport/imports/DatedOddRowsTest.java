package org.openphoneimport.imports;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The rows of {@link OddRowsTest}, and odd calls of its own, as the API of 2026-03-30 might list them. */
@QuarkusTest
@Landing
class DatedOddRowsTest {

    private final Bench bench = Bench.get();
    private final OddFixtures fixtures = new OddFixtures(bench.workspace().directory().phoneNumbers().getFirst());
    private final OddStored stored = new OddStored(bench.database());

    @BeforeEach
    void serve_odd_rows() {
        bench.reset();
        bench.openPhone().intercept(this::answer);
    }

    @Test
    void every_row_is_stored_once_as_closely_as_postgres_allows() {
        var run = bench.importAllDated();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.text("api")).as(run.text("warnings")).isEqualTo("2026-03-30");
        assertThat(stored.errors()).isEmpty();
        assertThat(stored.identified("conversations"))
                .isEqualTo(Set.of("CNplain", "CNother", "CNnobody", "CNnumberless", "CNown",
                        "CNtwin1", "CNtwin2", "CNbare", "CNwrong", "CNtext", "CNunlisted"));
        assertThat(stored.identified("messages")).isEqualTo(
                Set.of("5", "AC01", "AC02", "AC03", "AC04", "AC05", "AC06", "AC07", "AC08", "AC09", "AC10", "AC11"));
        assertThat(stored.identified("calls")).isEqualTo(Set.of("AC21", "AC22", "AC23", "AC24"));
        for (var counted : List.of("conversations", "messages", "calls")) {
            assertThat(run.number("processed_" + counted)).as(counted).isEqualTo(bench.database().size(counted));
        }
        assertThat(stored.message("AC01").text("text")).isEqualTo("a\uFFFDb");
        assertThat(stored.message("AC02").text("text")).isEqualTo("half a bike: \uFFFD");
        assertThat(stored.message("AC03").text("status")).isEqualTo("teleported");
        assertThat(stored.message("AC07").get("created_at")).isNull();
        assertThat(stored.message("AC08").text("text")).isEqualTo("newest");
        assertThat(stored.message("AC09").text("conversation_id")).isEqualTo("CNother");
        assertThat(stored.message("AC11").text("conversation_id")).isEqualTo("CNunlisted");
        assertThat(stored.conversation("CNplain").text("name")).isEqualTo("null");
    }

    @Test
    void odd_calls_and_what_belongs_to_them_are_stored_too() {
        bench.importAllDated();

        assertThat(stored.call("AC21").text("participants")).contains("+16175550001");
        assertThat(stored.call("AC21").text("conversation_id")).isEqualTo("CNplain");
        assertThat(stored.call("AC21").text("call_route")).isEqualTo("nul\uFFFD");
        assertThat(stored.call("AC21").get("duration")).isNull();
        assertThat(stored.call("AC23").text("participants")).isEqualTo("{}");
        assertThat(stored.call("AC24").text("conversation_id")).isEqualTo("CNplain");
        assertThat(stored.call("AC24").text("user_id")).isEqualTo("SYU1");
        assertThat(stored.text("SELECT transcript FROM call_voicemails WHERE id = 'VM24'"))
                .isEqualTo("half a bike: \uFFFD");
        assertThat(stored.text("SELECT status FROM call_summaries WHERE call_id = 'AC24'")).isEqualTo("pondering");
        assertThat(stored.text("SELECT status FROM call_recordings WHERE id = 'CR24'")).isEqualTo("shredded");
        assertThat(stored.text("SELECT dialogue::text FROM call_transcripts WHERE call_id = 'AC24'"))
                .contains("nul\\\\u0000 and half a bike \\\\ud83d");
        assertThat(stored.warnings("call")).contains("AC21", "AC22", "AC23", "AC24");
        assertThat(bench.database().rows("SELECT what FROM import_issues WHERE subject = 'slice' ORDER BY stage"))
                .extracting(row -> row.text("what"))
                .containsExactly("Elements of the list that are no documents: 2",
                        "Elements of the list that are no documents: 3");
    }

    @Test
    void a_second_run_over_odd_rows_changes_nothing() {
        bench.importAllDated();
        var before = stored.activities();

        var run = bench.importAllDated();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.number("processed_messages")).isEqualTo(bench.database().size("messages"));
        assertThat(stored.activities()).isEqualTo(before);
    }

    private Fault answer(SampleRequest request) {
        boolean second = request.parameter("after").isPresent() || request.parameter("pageToken").isPresent();
        // What is asked to find out whether all this can be asked is answered as ever.
        if (request.parameter("limit").orElse("").equals("1")) {
            return Fault.none();
        }
        return switch (request.template()) {
            case "/v1/conversations" -> request.parameter("updatedAfter").isPresent() ? OddFixtures.nothing()
                    : fixtures.answer("odd-conversations-%d.json".formatted(second ? 2 : 1));
            case "/conversations" -> request.parameter("updatedAt[gte]").isPresent() ? OddFixtures.nothing()
                    : fixtures.answerDated("odd-conversations-%d.json".formatted(second ? 2 : 1));
            case "/messages" -> fixtures.answerDated("odd-messages-%d.json".formatted(second ? 2 : 1));
            case "/calls" -> fixtures.answer("odd-dated-calls.json");
            case "/calls/{callId}/recordings" -> request.path().contains("AC24")
                    ? fixtures.answer("odd-dated-recordings.json")
                    : Fault.none();
            case "/calls/{callId}/transcripts" -> request.path().contains("AC24")
                    ? fixtures.answer("odd-dated-transcripts.json")
                    : Fault.none();
            default -> Fault.none();
        };
    }
}
