package org.openphoneimport.run;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.OwnRows;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Which ranges of time count as read, and when what was read is doubted. The run began on March 10. */
@QuarkusTest
@TestTransaction
class LedgerRangeTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID BATCH = UUID.fromString("00000000-0000-0000-0000-000000000002");

    private final Bench bench = Bench.get();

    @Inject
    Ledger ledger;

    @Inject
    ListLedger listLedger;

    @Inject
    OwnRows rows;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void a_range_ends_where_its_run_began() {
        reading(null, null);

        ledger.addReadings(BATCH, List.of(read("CN1")));

        assertThat(messagesRead("CN1")).isEqualTo("{(,2026-03-10)}");
        assertThat(callsRead("CN1")).isEqualTo("{(,2026-03-10)}");
    }

    @Test
    void a_range_of_a_window_has_the_bounds_of_the_window() {
        reading("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");

        ledger.addReadings(BATCH, List.of(read("CN1")));

        assertThat(messagesRead("CN1")).isEqualTo("{[2026-02-01,2026-03-01)}");
        assertThat(callsRead("CN1")).isEqualTo("{[2026-02-01,2026-03-01)}");
    }

    @Test
    void a_range_of_a_window_that_reaches_into_the_future_ends_where_its_run_began() {
        reading("2026-02-01T00:00:00Z", "2026-12-31T00:00:00Z");

        ledger.addReadings(BATCH, List.of(read("CN1")));

        assertThat(messagesRead("CN1")).isEqualTo("{[2026-02-01,2026-03-10)}");
    }

    @Test
    void ranges_are_added_up() {
        reading("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        record("CN1", "{(,2026-01-01)}", "{(,2026-02-15)}");

        ledger.addReadings(BATCH, List.of(read("CN1")));

        assertThat(messagesRead("CN1")).isEqualTo("{(,2026-01-01),[2026-02-01,2026-03-01)}");
        assertThat(callsRead("CN1")).isEqualTo("{(,2026-03-01)}");
    }

    @Test
    void conversations_with_the_same_number_and_parties_have_been_read_together() {
        reading(null, null);
        rows.execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id, same_thread_as) VALUES (?, ?, 'CN2', 'CN1')
                """, RUN, BATCH);

        ledger.addReadings(BATCH, List.of(read("CN1")));

        assertThat(messagesRead("CN2")).isEqualTo("{(,2026-03-10)}");
    }

    @Test
    void what_is_refused_is_not_read_and_says_why_until_it_is_read() {
        reading(null, null);

        ledger.addReadings(BATCH, List.of(new Ledger.Reading("CN1", false, true, "OpenPhone answered 403", null)));
        assertThat(messagesRead("CN1")).isEqualTo("{}");
        assertThat(callsRead("CN1")).isEqualTo("{(,2026-03-10)}");
        assertThat(record("messages_refused")).isEqualTo("OpenPhone answered 403");
        assertThat(record("calls_refused")).isEqualTo("null");

        // Its calls once more: that says nothing of its messages.
        ledger.addReadings(BATCH, List.of(new Ledger.Reading("CN1", false, true, null, null)));
        assertThat(record("messages_refused")).isEqualTo("OpenPhone answered 403");

        ledger.addReadings(BATCH, List.of(read("CN1")));
        assertThat(record("messages_refused")).isEqualTo("null");
        assertThat(messagesRead("CN1")).isEqualTo("{(,2026-03-10)}");
    }

    @Test
    void what_is_doubted_counts_as_unread_whatever_lists_say() {
        conversation("CN1", "PN1 +16175550101");
        record("CN1", "{(,2026-03-01)}", "{(,2026-03-01)}");
        rows.execute("INSERT INTO list_records (list, read) VALUES ('messages', '{(,2026-03-05)}')");

        ledger.doubt("CN1", true, false, null);

        assertThat(text("SELECT messages_read FROM ledger WHERE conversation_id = 'CN1'")).isEqualTo("{}");
        assertThat(callsRead("CN1")).isEqualTo("{(,2026-03-01)}");
        assertThat(record("calls_doubted_at")).isEqualTo("null");
    }

    @Test
    void those_with_the_same_number_and_parties_are_doubted_together() {
        conversation("CN1", "PN1 +16175550101");
        conversation("CN2", "PN1 +16175550101");
        conversation("CN3", "PN1 +16175550103");
        record("CN2", "{(,2026-03-01)}", "{(,2026-03-01)}");
        record("CN3", "{(,2026-03-01)}", "{(,2026-03-01)}");

        ledger.doubt("CN1", true, true, "OpenPhone answered 403");

        assertThat(messagesRead("CN2")).isEqualTo("{}");
        assertThat(text("SELECT calls_refused FROM conversation_records WHERE conversation_id = 'CN2'"))
                .isEqualTo("OpenPhone answered 403");
        assertThat(messagesRead("CN3")).isEqualTo("{(,2026-03-01)}");
    }

    @Test
    void only_a_reading_from_the_beginning_up_to_now_settles_a_doubt() {
        reading("2026-02-01T00:00:00Z", null);
        conversation("CN1", "PN1 +16175550101");
        ledger.doubt("CN1", true, true, null);

        ledger.addReadings(BATCH, List.of(read("CN1")));
        assertThat(record("messages_doubted_at")).as("after a reading from a time on").isNotEqualTo("null");

        rows.execute("UPDATE import_conversations SET read_after = NULL");
        rows.execute("UPDATE import_runs SET window_to = '2026-03-01'");
        ledger.addReadings(BATCH, List.of(read("CN1")));
        assertThat(record("messages_doubted_at")).as("after a reading up to a time").isNotEqualTo("null");

        rows.execute("UPDATE import_runs SET window_to = NULL");
        ledger.addReadings(BATCH, List.of(new Ledger.Reading("CN1", true, false, null, null)));
        assertThat(record("messages_doubted_at")).isEqualTo("null");
        assertThat(record("calls_doubted_at")).as("its calls have not been read").isNotEqualTo("null");
    }

    @Test
    void slices_settle_doubts_when_all_of_them_have_been_read_from_the_beginning_up_to_now() {
        reading(null, null);
        conversation("CN1", "PN1 +16175550101");
        conversation("CN2", "PN1 +16175550102");
        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages_doubted_at, calls_doubted_at)
                VALUES ('CN1', '2026-03-09', '2026-03-09'), ('CN2', '2026-03-11', NULL)
                """);
        slice(2, null, "2026-03-01", "done");
        slice(3, "2026-03-01", null, "running");
        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        assertSettled("a slice is open", false);

        rows.execute("UPDATE import_batches SET status = 'failed' WHERE number = 3");
        assertSettled("a slice has failed", false);

        rows.execute("UPDATE import_batches SET status = 'done' WHERE kind = 'slice'");
        rows.execute("UPDATE import_batches SET slice_from = '2026-02-01' WHERE number = 2");
        assertSettled("the beginning was not read", false);

        rows.execute("UPDATE import_batches SET slice_from = NULL WHERE number = 2");
        rows.execute("UPDATE import_runs SET window_to = '2026-03-05'");
        assertSettled("the window has an end", false);

        rows.execute("UPDATE import_runs SET window_to = NULL, api = 'v1'");
        assertSettled("v1 read the messages, and slices only calls", false);

        rows.execute("UPDATE import_runs SET api = '2026-03-30'");
        assertSettled("everything was read", true);
        assertThat(text("SELECT messages_doubted_at IS NULL FROM conversation_records WHERE conversation_id = 'CN2'"))
                .as("what was doubted after the run began").isEqualTo("false");
    }

    @Test
    void where_lists_have_left_out_rows_slices_settle_only_the_calls_of_groups_and_what_v1_does_not_take() {
        reading(null, null);
        conversation("CN1", "PN1 +16175550101");
        conversation("CN2", "PN1 +16175550101 +16175550102");
        conversation("CN3", "PN1 22395");
        rows.execute("UPDATE conversations SET participants = '{+16175550101,+16175550102}' WHERE id = 'CN2'");
        rows.execute("UPDATE conversations SET participants = '{22395}' WHERE id = 'CN3'");
        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages_doubted_at, calls_doubted_at)
                SELECT id, '2026-03-09', '2026-03-09' FROM conversations
                """);
        slice(2, null, null, "done");
        rows.execute("UPDATE import_runs SET api = '2026-03-30', witness = 'v1', disagreed_at = '2026-03-08'");

        ledger.settleDoubts(RUN);

        assertThat(doubted()).isEqualTo("CN1 messages calls, CN2 messages");
    }

    @Test
    void what_lists_have_shown_of_a_conversation_is_doubted_when_it_was_to_be_read_again_and_was_refused() {
        reading("2026-03-01T00:00:00Z", null);
        conversation("CN1", "PN1 +16175550101");
        lists("2026-03-05");
        record("CN1", "{}", "{}");

        ledger.doubtUnread(RUN);
        assertThat(doubted()).as("nothing was refused").isEmpty();

        rows.execute("UPDATE conversation_records SET messages_refused = 'OpenPhone answered 400'");
        ledger.doubtUnread(RUN);
        assertThat(doubted()).isEqualTo("CN1 messages");

        rows.execute("UPDATE conversation_records SET messages_doubted_at = NULL");
        lists("2026-03-10");
        ledger.doubtUnread(RUN);
        assertThat(doubted()).as("lists of this run have shown it").isEmpty();

        lists("2026-02-01");
        ledger.doubtUnread(RUN);
        assertThat(doubted()).as("lists have shown nothing of it").isEmpty();
    }

    @Test
    void what_v1_is_not_asked_for_is_doubted_as_well() {
        reading("2026-03-01T00:00:00Z", null);
        conversation("CN1", "PN1 +16175550101 +16175550102");
        conversation("CN2", "PN1");
        conversation("CN3", "PN1 +16175550101 +16175550103");
        rows.execute("UPDATE conversations SET participants = '{+16175550101,+16175550102}' WHERE id <> 'CN2'");
        rows.execute("UPDATE conversations SET participants = '{}', thread_key = NULL WHERE id = 'CN2'");
        rows.execute("INSERT INTO import_conversations (run_id, conversation_id) VALUES (?, 'CN2')", RUN);
        lists("2026-03-05");

        ledger.doubtUnread(RUN);

        assertThat(doubted()).isEqualTo("CN1 calls, CN2 messages calls");
    }

    @Test
    void lists_say_nothing_of_conversations_that_were_not_shown_when_they_were_read() {
        reading(null, null);
        conversation("CN1", "PN1 +16175550101");
        conversation("CN2", "PN1 +16175550102");
        conversation("CN3", "PN1 +16175550103");
        rows.execute("UPDATE conversations SET created_at = '2026-03-01' WHERE id = 'CN1'");
        rows.execute("UPDATE conversations SET created_at = '2026-03-06' WHERE id = 'CN3'");
        record("CN1", "{(,2026-03-02)}", "{(,2026-03-02)}");

        ledger.doubtUnseen(RUN, List.of("CN1", "CN2", "CN3"));
        assertThat(doubted()).as("no lists have been read").isEmpty();

        lists("2026-03-05");
        ledger.doubtUnseen(RUN, List.of("CN1", "CN2", "CN3"));
        assertThat(doubted()).as("CN3 began later").isEqualTo("CN1 messages calls, CN2 messages calls");
        assertThat(messagesRead("CN1")).isEqualTo("{}");
        assertThat(record("messages_doubted_at")).as("what the run reads settles it").startsWith("2026-03-09 23:59:59.999");

        slice(2, null, null, "running");
        ledger.doubtUnseen(RUN, List.of("CN1"));
        assertThat(
                rows.value("SELECT messages_doubted_at > '2026-03-10' FROM conversation_records WHERE conversation_id = 'CN1'"))
                .as("what the run has read already may not have shown it").isEqualTo(true);
    }

    @Test
    void a_range_of_a_list_ends_where_its_run_began() {
        reading(null, null);
        listLedger.refuseList(WorkspaceList.MESSAGES, "OpenPhone answered 403");

        listLedger.addList(RUN, WorkspaceList.MESSAGES, Instant.parse("2026-03-01T00:00:00Z"), null);
        assertThat(listed("read")).isEqualTo("{[2026-03-01,2026-03-10)}");
        assertThat(listed("refused")).isEqualTo("null");

        listLedger.addList(RUN, WorkspaceList.MESSAGES, null, Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(listed("read")).isEqualTo("{(,2026-02-01),[2026-03-01,2026-03-10)}");
    }

    private void assertSettled(String when, boolean settled) {
        ledger.settleDoubts(RUN);
        assertThat(record("messages_doubted_at").equals("null")).as(when).isEqualTo(settled);
        assertThat(record("calls_doubted_at").equals("null")).as(when).isEqualTo(settled);
    }

    /** Up to when earlier runs have read the lists of messages and calls. */
    private void lists(String until) {
        rows.execute("DELETE FROM list_records");
        rows.execute("""
                INSERT INTO list_records (list, read) SELECT list, time_span(NULL, CAST(? AS timestamptz))
                FROM unnest(ARRAY['messages', 'calls']) AS list
                """, until);
    }

    private String doubted() {
        return text("""
                SELECT coalesce(string_agg(conversation_id || CASE WHEN messages_doubted_at IS NULL THEN '' ELSE ' messages' END
                    || CASE WHEN calls_doubted_at IS NULL THEN '' ELSE ' calls' END, ', ' ORDER BY conversation_id), '')
                FROM conversation_records WHERE messages_doubted_at IS NOT NULL OR calls_doubted_at IS NOT NULL""");
    }

    private static Ledger.Reading read(String conversation) {
        return new Ledger.Reading(conversation, true, true, null, null);
    }

    /** A run that reads CN1. */
    private void reading(@Nullable String from, @Nullable String to) {
        useUtc();
        rows.execute("""
                INSERT INTO import_runs (id, type, status, window_from, window_from_given, window_to, key_hash, created_at)
                VALUES (?, 'historical', 'completed', '2020-01-01', %s, %s, 'hash', '2026-03-10T00:00:00Z')
                """.formatted(from != null, to == null ? "NULL" : "'" + to + "'"), RUN);
        rows.execute("INSERT INTO import_batches (id, run_id, number) VALUES (?, ?, 1)", BATCH, RUN);
        rows.execute("""
                INSERT INTO import_conversations (run_id, batch_id, conversation_id, read_after)
                VALUES (?, ?, 'CN1', %s)
                """.formatted(from == null ? "NULL" : "CAST('" + from + "' AS timestamptz) - interval '1 millisecond'"), RUN,
                BATCH);
    }

    private void slice(int number, @Nullable String from, @Nullable String to, String status) {
        rows.execute("""
                INSERT INTO import_batches (run_id, number, kind, slice_stage, status, slice_from, slice_to)
                VALUES (?, ?, 'slice', 'messages', ?, %s, %s)
                """.formatted(from == null ? "NULL" : "'" + from + "'", to == null ? "NULL" : "'" + to + "'"), RUN, number,
                status);
    }

    private void conversation(String id, String thread) {
        useUtc();
        rows.execute("INSERT INTO conversations (id, participants, thread_key, payload) VALUES (?, '{+16175550101}', ?, '{}')",
                id, thread);
    }

    private void record(String conversation, String messages, String calls) {
        rows.execute("""
                INSERT INTO conversation_records (conversation_id, messages_read, calls_read)
                VALUES (?, CAST(? AS tstzmultirange), CAST(? AS tstzmultirange))
                """, conversation, messages, calls);
    }

    private String record(String column) {
        return text("SELECT %s FROM conversation_records WHERE conversation_id = 'CN1'".formatted(column));
    }

    private String messagesRead(String conversation) {
        return text("SELECT messages_read FROM conversation_records WHERE conversation_id = '%s'".formatted(conversation));
    }

    private String callsRead(String conversation) {
        return text("SELECT calls_read FROM conversation_records WHERE conversation_id = '%s'".formatted(conversation));
    }

    private String listed(String column) {
        return text("SELECT %s FROM list_records WHERE list = 'messages'".formatted(column));
    }

    /** So that days begin when the test says. */
    private void useUtc() {
        rows.execute("SET LOCAL timezone = 'UTC'");
    }

    /** Without the midnight of days. */
    private String text(String select) {
        return rows.text("SELECT CAST((" + select + ") AS text)").replace("\"", "").replace(" 00:00:00+00", "");
    }
}
