package org.openphoneimport.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OwnRows;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which conversations a run reads, and from when on. The reconciliations here begin now; without a window of their own they go
 * back three days: one, and an overlap of two.
 */
@QuarkusTest
@TestTransaction
class ReadingPlanTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant WINDOW = daysAgo(3);

    private final Bench bench = Bench.get();

    @Inject
    ReadingPlan plan;

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void a_historical_run_reads_every_conversation_from_its_start_on() {
        run("historical", daysAgo(30), true);
        rows.execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, 'CN1')", RUN);

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(30)));
    }

    @Test
    void a_historical_run_without_a_start_reads_every_conversation_from_its_beginning_on() {
        run("historical", daysAgo(30), false);
        rows.execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, 'CN1')", RUN);

        plan.make(RUN);

        assertThat(readAfter("CN1")).isEmpty();
    }

    @Test
    void a_conversation_that_has_been_read_and_in_which_nothing_happened_is_left_out() {
        reconciliation();
        conversation("CN1", daysAgo(30));
        read("CN1", null, hoursAgo(1));

        plan.make(RUN);

        assertThat(chosen("CN1")).isFalse();
    }

    @Test
    void the_overlap_begins_a_day_back_if_the_last_run_was_later() {
        reconciliation();
        conversation("CN1", hoursAgo(60));
        read("CN1", null, hoursAgo(1));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(WINDOW));
    }

    @Test
    void the_overlap_begins_where_the_reading_of_a_conversation_ended() {
        reconciliation();
        conversation("CN1", daysAgo(9));
        read("CN1", null, daysAgo(10));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(12)));
        assertThat(windowFrom()).as("what the run says it reads").isEqualTo(daysAgo(12));
    }

    @Test
    void what_turned_up_late_since_all_was_read_is_looked_for_however_much_of_that_has_been_read_once() {
        reconciliation();
        conversation("CN1", daysAgo(11));
        read("CN1", null, hoursAgo(1));
        rows.execute("INSERT INTO list_records (list, read) VALUES ('conversations', time_span(NULL, ?))", daysAgo(10));
        lists(hoursAgo(1));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(12)));
        assertThat(plan.slicesFrom(RUN)).contains(daysAgo(12));
    }

    @Test
    void where_never_all_was_read_it_is_looked_for_since_the_first_run() {
        reconciliation();
        conversation("CN1", daysAgo(11));
        read("CN1", null, hoursAgo(1));
        rows.execute("""
                INSERT INTO import_runs (type, status, window_from, key_hash, created_at)
                VALUES ('historical', 'cancelled', '2020-01-01', 'hash', ?)
                """, daysAgo(10));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(12)));
    }

    @Test
    void what_changed_within_the_overlap_of_a_reading_is_read_again() {
        reconciliation();
        conversation("CN1", daysAgo(11));
        read("CN1", null, daysAgo(10));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(12)));
    }

    @Test
    void a_conversation_that_was_never_read_is_read_from_its_beginning_on() {
        reconciliation();
        conversation("CN1", daysAgo(300));

        plan.make(RUN);

        assertThat(chosen("CN1")).isTrue();
        assertThat(readAfter("CN1")).isEmpty();
        assertThat(windowFrom()).isEqualTo(WINDOW);
    }

    @Test
    void a_hole_in_what_was_read_is_filled() {
        reconciliation();
        conversation("CN1", daysAgo(15));
        read("CN1", null, daysAgo(20));
        read("CN1", daysAgo(10), hoursAgo(1));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(22)));
    }

    @Test
    void a_hole_is_filled_where_nothing_says_when_something_happened_last() {
        reconciliation();
        conversation("CN1", daysAgo(15));
        rows.execute("UPDATE listed_conversations SET last_activity_id = NULL, last_activity_at = NULL");
        read("CN1", null, daysAgo(20));
        read("CN1", daysAgo(10), hoursAgo(1));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(22)));
    }

    @Test
    void a_hole_behind_the_last_activity_is_none() {
        reconciliation();
        conversation("CN1", daysAgo(30));
        read("CN1", null, daysAgo(20));
        read("CN1", daysAgo(10), hoursAgo(1));

        plan.make(RUN);

        assertThat(chosen("CN1")).isFalse();
    }

    @Test
    void a_conversation_whose_last_activity_is_lacking_though_it_was_read_is_read_from_its_beginning_on() {
        reconciliation();
        conversation("CN1", daysAgo(30));
        read("CN1", null, hoursAgo(1));
        rows.execute("DELETE FROM messages");

        plan.make(RUN);

        assertThat(chosen("CN1")).isTrue();
        assertThat(readAfter("CN1")).isEmpty();
    }

    @Test
    void a_conversation_whose_last_activity_openphone_does_not_give_lacks_nothing() {
        reconciliation();
        conversation("CN1", daysAgo(30));
        read("CN1", null, hoursAgo(1));
        rows.execute("DELETE FROM messages");
        rows.execute("INSERT INTO unavailable_activities (id, finding) VALUES ('ACofCN1', 'OpenPhone answered 404')");

        plan.make(RUN);

        assertThat(chosen("CN1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "queued", "sent" })
    void a_message_whose_status_will_change_is_read_again(String status) {
        reconciliation();
        conversation("CN1", daysAgo(30));
        read("CN1", null, hoursAgo(1));
        rows.execute("""
                INSERT INTO messages (id, conversation_id, status, created_at, payload) VALUES ('ACsent', 'CN1', ?, ?, '{}')
                """, status, hoursAgo(60));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(WINDOW));
    }

    @ParameterizedTest
    @ValueSource(strings = { "queued", "initiated", "ringing", "in-progress" })
    void a_call_that_is_not_over_is_read_again(String status) {
        reconciliation();
        conversation("CN1", daysAgo(30));
        read("CN1", null, hoursAgo(1));
        rows.execute("""
                INSERT INTO calls (id, conversation_id, status, created_at, payload) VALUES ('ACcall', 'CN1', ?, ?, '{}')
                """, status, hoursAgo(60));

        plan.make(RUN);

        assertThat(chosen("CN1")).isTrue();
    }

    @Test
    void conversations_with_the_same_number_and_parties_are_read_together_from_the_earliest_on() {
        reconciliation();
        conversation("CN1", hoursAgo(2));
        conversation("CN2", daysAgo(30));
        rows.execute("UPDATE conversations SET thread_key = 'PN1 +16175550101'");
        read("CN1", null, hoursAgo(1));
        read("CN2", null, daysAgo(10));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(12)));
        assertThat(readAfter("CN2")).contains(justBefore(daysAgo(12)));
    }

    @Test
    void calls_of_a_group_are_lacking_only_where_the_api_gives_them() {
        reconciliation();
        conversation("CN1", daysAgo(30));
        rows.execute("UPDATE conversations SET participants = '{+16175550101,+16175550102}'");
        read("CN1", null, hoursAgo(1));
        rows.execute("UPDATE conversation_records SET calls_read = '{}'");

        plan.make(RUN);
        assertThat(chosen("CN1")).as("v1").isFalse();

        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        plan.make(RUN);
        assertThat(chosen("CN1")).as("2026-03-30").isTrue();
    }

    @Test
    void a_window_of_its_own_leaves_out_what_happened_before_it_and_what_the_ledger_lacks() {
        run("reconciliation", daysAgo(5), true);
        conversation("CN1", daysAgo(4));
        conversation("CN2", daysAgo(6));

        plan.make(RUN);

        assertThat(readAfter("CN1")).contains(justBefore(daysAgo(5)));
        assertThat(chosen("CN2")).isFalse();
    }

    @Test
    void slices_begin_where_the_run_was_told_to() {
        run("historical", daysAgo(30), true);

        assertThat(plan.slicesFrom(RUN)).contains(daysAgo(30));
    }

    @Test
    void slices_of_a_reconciliation_begin_with_its_window_if_little_else_is_lacking() {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        for (int i = 1; i <= 21; i++) {
            conversation("CN" + i, daysAgo(30));
            read("CN" + i, null, hoursAgo(1));
        }
        lists(hoursAgo(1));
        lacksCalls("CN1");

        plan.make(RUN);

        assertThat(chosen("CN1")).isTrue();
        assertThat(plan.slicesFrom(RUN)).contains(WINDOW);
    }

    @Test
    void slices_of_a_reconciliation_begin_at_the_beginning_if_much_is_lacking() {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        conversation("CN1", daysAgo(30));
        conversation("CN2", daysAgo(30));
        read("CN2", null, hoursAgo(1));
        lists(hoursAgo(1));
        lacksCalls("CN1");

        plan.make(RUN);

        assertThat(plan.slicesFrom(RUN)).isEmpty();
    }

    @Test
    void slices_of_a_reconciliation_begin_at_the_beginning_if_what_is_lacking_is_doubted() {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        for (int i = 1; i <= 21; i++) {
            conversation("CN" + i, daysAgo(30));
        }
        lists(hoursAgo(1));
        lacksCalls("CN1");
        rows.execute("UPDATE conversation_records SET messages_doubted_at = calls_doubted_at");

        plan.make(RUN);
        assertThat(plan.slicesFrom(RUN)).isEmpty();

        rows.execute("INSERT INTO found_by_id (id, conversation_id, subject) VALUES ('AC1', 'CN1', 'message')");
        assertThat(plan.slicesFrom(RUN)).as("lists leave it out").contains(WINDOW);
    }

    @Test
    void slices_of_a_reconciliation_begin_at_the_beginning_if_they_never_did() {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        conversation("CN1", daysAgo(30));
        read("CN1", null, hoursAgo(1));

        plan.make(RUN);
        assertThat(plan.slicesFrom(RUN)).isEmpty();

        lists(hoursAgo(1));
        rows.execute("DELETE FROM list_records WHERE list = 'calls'");
        assertThat(plan.slicesFrom(RUN)).isEmpty();
    }

    @Test
    void slices_of_a_reconciliation_begin_where_v1_alone_has_read_since() {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        conversation("CN1", daysAgo(30));
        conversation("CN2", daysAgo(9));
        read("CN1", null, hoursAgo(1));
        read("CN2", null, hoursAgo(1));
        rows.execute("INSERT INTO list_records (list, read) VALUES ('conversations', time_span(NULL, ?))", hoursAgo(1));
        lists(daysAgo(10));

        plan.make(RUN);

        assertThat(plan.slicesFrom(RUN)).contains(daysAgo(12));
        assertThat(readAfter("CN2")).contains(justBefore(daysAgo(12)));
        assertThat(chosen("CN1")).isFalse();
    }

    @Test
    void v1_reads_nothing_again_because_lists_of_the_newer_api_end_earlier() {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = 'v1'");
        conversation("CN1", daysAgo(9));
        read("CN1", null, hoursAgo(1));
        rows.execute("INSERT INTO list_records (list, read) VALUES ('conversations', time_span(NULL, ?))", hoursAgo(1));
        lists(daysAgo(10));

        plan.make(RUN);

        assertThat(chosen("CN1")).isFalse();
    }

    @Test
    void slices_of_a_reconciliation_begin_at_the_beginning_if_v1_refuses_what_is_lacking() {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        for (int i = 1; i <= 21; i++) {
            conversation("CN" + i, daysAgo(30));
            read("CN" + i, null, hoursAgo(1));
        }
        lists(hoursAgo(1));
        lacksCalls("CN1");
        rows.execute("UPDATE conversation_records SET calls_refused = 'OpenPhone answered 403' WHERE conversation_id = 'CN1'");

        plan.make(RUN);

        assertThat(plan.slicesFrom(RUN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "22395", "Anonymous" })
    void slices_of_a_reconciliation_begin_at_the_beginning_if_v1_takes_no_such_party_for_what_is_lacking(String party) {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        for (int i = 1; i <= 21; i++) {
            conversation("CN" + i, daysAgo(30));
            read("CN" + i, null, hoursAgo(1));
        }
        lists(hoursAgo(1));
        lacksCalls("CN1");
        rows.execute("UPDATE conversations SET participants = ARRAY[?] WHERE id = 'CN1'", party);

        plan.make(RUN);

        assertThat(plan.slicesFrom(RUN)).isEmpty();
    }

    @Test
    void lists_of_the_workspace_prove_nothing_of_a_conversation_whose_last_activity_is_lacking_until_it_is_read() {
        reconciliation();
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        conversation("CN1", daysAgo(30));
        lists(hoursAgo(1));
        rows.execute("DELETE FROM messages");

        plan.make(RUN);

        assertThat(readAfter("CN1")).isEmpty();
        assertThat(rows.value("SELECT isempty(read_whole) FROM ledger WHERE conversation_id = 'CN1'")).isEqualTo(true);
    }

    private void reconciliation() {
        run("reconciliation", WINDOW, false);
    }

    private void run(String type, Instant from, boolean given) {
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, window_from_given, key_hash, created_at)
                VALUES (?, ?, 'completed', ?, ?, 'hash', ?)
                """, RUN, type, from, given, NOW);
    }

    /** One that is listed with its last message, which is stored. */
    private void conversation(String id, Instant lastActivity) {
        rows.execute("""
                INSERT INTO conversations (id, participants, thread_key, last_activity_id, last_activity_at, payload)
                VALUES (?1, '{+16175550101}', ?1, 'ACof' || ?1, ?2, '{"id": "CN"}')
                """, id, lastActivity);
        rows.execute("""
                INSERT INTO listed_conversations (listing_id, conversation_id, last_activity_id, last_activity_at, payload)
                SELECT ?, id, last_activity_id, last_activity_at, payload FROM conversations WHERE id = ?
                """, RUN, id);
        rows.execute("""
                INSERT INTO messages (id, conversation_id, status, created_at, payload)
                VALUES ('ACof' || ?1, ?1, 'delivered', ?2, '{}')
                """, id, lastActivity);
    }

    /** Adds to what has been read of a conversation. */
    private void read(String id, @Nullable Instant from, Instant to) {
        rows.execute("""
                INSERT INTO conversation_records AS record (conversation_id, messages_read, calls_read)
                SELECT ?, read, read FROM (SELECT time_span(%s, ?) AS read) AS span
                ON CONFLICT (conversation_id) DO UPDATE SET messages_read = record.messages_read + excluded.messages_read,
                    calls_read = record.calls_read + excluded.calls_read
                """.formatted(from == null ? "NULL" : "'" + from + "'"), id, to);
    }

    /** Up to when the lists of messages and calls have been read. */
    private void lists(Instant to) {
        rows.execute("""
                INSERT INTO list_records (list, read)
                SELECT list, time_span(NULL, ?) FROM unnest(ARRAY['messages', 'calls']) AS list
                """, to);
    }

    /** Whatever lists have shown. */
    private void lacksCalls(String id) {
        rows.execute("DELETE FROM conversation_records WHERE conversation_id = ?", id);
        rows.execute("INSERT INTO conversation_records (conversation_id, calls_doubted_at) VALUES (?, ?)", id, hoursAgo(1));
    }

    private boolean chosen(String conversation) {
        return !rows.rows("SELECT conversation_id FROM import_conversations WHERE conversation_id = ?", conversation).isEmpty();
    }

    /** Empty when it is read from its beginning on. */
    private Optional<Instant> readAfter(String conversation) {
        return Optional.ofNullable(
                (Instant) rows.value("SELECT read_after FROM import_conversations WHERE conversation_id = ?", conversation));
    }

    private Instant windowFrom() {
        return (Instant) Objects.requireNonNull(rows.value("SELECT window_from FROM import_runs WHERE id = ?", RUN));
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static Instant hoursAgo(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }

    /** OpenPhone's bounds may be inclusive or not. */
    private static Instant justBefore(Instant time) {
        return time.minusMillis(1);
    }
}
