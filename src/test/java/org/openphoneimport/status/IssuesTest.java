package org.openphoneimport.status;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.ClockStopped;
import org.openphoneimport.testsupport.Database;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors are found by what an operator knows of them, and counted by their reason. */
@QuarkusTest
@ClockStopped
class IssuesTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Bench bench = Bench.get();
    private final Database rows = bench.database();

    @Inject
    Issues issues;

    @Inject
    Snapshot snapshot;

    @BeforeEach
    void three_refused_conversations_and_a_file() {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash)
                VALUES (?, 'historical', 'failed', '2020-01-01', 'hash')
                """, RUN);
        rows.execute("INSERT INTO phone_numbers (id, number, payload) VALUES ('PN1', '+16175550199', '{}')");
        rows.execute("""
                INSERT INTO conversations (id, phone_number_id, participants, payload)
                SELECT 'CNissue' || number, 'PN1', ARRAY['+16175550199', '+1617555010' || number], '{}'
                FROM generate_series(1, 3) AS number
                """);
        rows.execute("INSERT INTO contacts (id, first_name, last_name, payload) VALUES ('CT1', 'Wanda', 'Rivers', '{}')");
        rows.execute("""
                INSERT INTO contact_phone_numbers (contact_id, position, value, number)
                VALUES ('CT1', 0, '(617) 555-0102', '+16175550102')
                """);
        rows.execute("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what, request)
                SELECT ?, 'error', 'messages', 'conversation', 'CNissue' || number,
                    'OpenPhone refuses it (403): messages of CNissue' || number || ' with +1 617-555-010' || number, NULL
                FROM generate_series(1, 3) AS number
                """, RUN);
        rows.execute("""
                INSERT INTO messages (id, conversation_id, payload) VALUES ('ACissue1', 'CNissue2', '{}')
                """);
        rows.execute("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what)
                VALUES (?, 'warning', 'media', 'media', 'message/ACissue1/0',
                    'Its host answered 503. It is tried again at 29 Nov 2026, 12:00:05 UTC')
                """, RUN);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            +1 (617) 555-0102, 16175550102
            617.555.0102,      6175550102
            001 617 555 0102,  16175550102
            0617/5550102,      6175550102
            5550102,           5550102
            """)
    void a_number_is_found_however_it_is_typed(String typed, String digits) {
        assertThat(Issues.digits(typed)).isEqualTo(digits);
        assertThat(found(new Issues.Filter("error", typed, null, false))).containsExactly("CNissue2");
    }

    @Test
    void a_word_is_no_number() {
        assertThat(Issues.digits("403")).isNull();
        assertThat(Issues.digits("CN1234567")).isNull();
        assertThat(Issues.digits("at 12345")).isNull();
    }

    @Test
    void an_id_has_the_name_and_the_number_of_those_it_is_about() {
        var file = snapshot.read(() -> issues.read(RUN, new Issues.Filter("warning", null, null, false), 0, 10)).getFirst();

        assertThat(file.parties()).isEqualTo(new Parties("CNissue2", "Wanda Rivers", List.of("+16175550102")));
        assertThat(found(new Issues.Filter(null, "rivers", null, false))).containsExactly("message/ACissue1/0", "CNissue2");
    }

    @Test
    void errors_with_one_reason_are_one_group_whatever_ids_numbers_and_times_they_name() {
        rows.execute("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what)
                VALUES (?, 'error', 'messages', 'conversation', 'CNissue4', 'OpenPhone does not know it (404)')
                """, RUN);

        var groups = snapshot.read(() -> issues.groups(RUN, Issues.Filter.OPEN, 10));

        assertThat(groups).extracting(group -> group.level() + " " + group.count()).containsExactly("error 3", "error 1",
                "warning 1");
        assertThat(groups.getFirst().example()).startsWith("OpenPhone refuses it (403): messages of CNissue1");
        assertThat(found(new Issues.Filter(null, null, groups.getFirst().group(), false))).containsExactly("CNissue3",
                "CNissue2", "CNissue1");
        assertThat(snapshot.read(() -> issues.errors(RUN, new Issues.Filter(null, null, groups.getFirst().group(), false))))
                .hasSize(3);
    }

    @Test
    void what_the_last_verification_found_to_be_unavailable_can_be_accepted() {
        rows.execute("INSERT INTO verifications (run_id, status) VALUES (?, 'clean')", RUN);
        rows.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding)
                SELECT id, CASE subject_id WHEN 'CNissue3' THEN 'missing' ELSE 'unavailable' END, 'conversation', subject_id, ''
                FROM verifications, unnest(ARRAY['CNissue1', 'CNissue2', 'CNissue3']) AS subject_id
                """);

        assertThat(snapshot.read(() -> issues.acceptable(RUN, Issues.Filter.OPEN))).containsExactly("CNissue1", "CNissue2");
        assertThat(snapshot.read(() -> issues.acceptable(RUN, new Issues.Filter(null, "rivers", null, false))))
                .containsExactly("CNissue2");
    }

    private List<String> found(Issues.Filter filter) {
        return snapshot.read(() -> issues.read(RUN, filter, 0, 10)).stream().map(IssueView::subjectId).toList();
    }
}
