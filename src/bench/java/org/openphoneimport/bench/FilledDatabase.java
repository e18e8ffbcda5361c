package org.openphoneimport.bench;

import java.sql.SQLException;
import java.util.List;

/** A database as a large workspace leaves it: made of numbers, so that each measurement meets the same rows. */
final class FilledDatabase {

    static final int CONVERSATIONS = 7_000;
    static final int MESSAGES = 100_000;
    static final int LONGEST = 20_000;
    static final int CALLS = 4_000;
    static final int ISSUES = 13_000;
    static final int WORDS = 5_000;
    static final String RUN = "00000000-0000-0000-0000-000000000001";
    static final String LONG_CONVERSATION = "CNfilled0";

    // Words are numbers in hexadecimal; each message has ten, of which the first is in one of two messages.
    private static final List<String> ROWS = List.of("""
            INSERT INTO conversations (id, phone_number_id, participants, thread_key, last_activity_at, created_at, payload)
            SELECT 'CNfilled' || number, 'PNfilled', ARRAY['+1617' || to_char(number + 2000000, 'FM0000000')],
                'PNfilled:+1617' || to_char(number + 2000000, 'FM0000000'),
                timestamptz '2026-01-01' - number * interval '1 hour', '2023-01-01', '{}'
            FROM generate_series(0, %d - 1) AS number
            """.formatted(CONVERSATIONS),
            """
                    INSERT INTO messages (id, conversation_id, phone_number_id, direction, status, from_number, to_numbers, text,
                        created_at, updated_at, payload)
                    SELECT 'ACfilled' || number, 'CNfilled' || CASE WHEN number < %1$d THEN 0 ELSE number %% %2$d END, 'PNfilled',
                        CASE number %% 2 WHEN 0 THEN 'incoming' ELSE 'outgoing' END, 'delivered', '+16175550100', '{}',
                        'hello' || number %% 2 || ' ' || (SELECT string_agg('w' || to_hex((number * 7919 + word * 104729) %% %3$d), ' ')
                            FROM generate_series(1, 9) AS word),
                        timestamptz '2026-01-01' - number * interval '5 minutes', timestamptz '2026-01-01' - number * interval '5 minutes',
                        '{}'
                    FROM generate_series(0, %4$d - 1) AS number
                    """
                    .formatted(LONGEST, CONVERSATIONS, WORDS, MESSAGES),
            """
                    INSERT INTO calls (id, conversation_id, phone_number_id, direction, status, created_at, payload)
                    SELECT 'ACcall' || number, 'CNfilled' || number %% %1$d, 'PNfilled', 'incoming', 'completed',
                        timestamptz '2026-01-01' - number * interval '2 hours', '{}'
                    FROM generate_series(0, %2$d - 1) AS number
                    """.formatted(CONVERSATIONS, CALLS),
            """
                    INSERT INTO call_transcripts (call_id, status, dialogue, payload)
                    SELECT 'ACcall' || number, 'completed', (SELECT jsonb_agg(jsonb_build_object('content',
                            'hello' || number %% 2 || ' ' || (SELECT string_agg('w' || to_hex((number * 7919 + line * 31 + word * 104729)
                                %% %1$d), ' ') FROM generate_series(1, 9) AS word)))
                        FROM generate_series(1, 60) AS line), '{}'
                    FROM generate_series(0, %2$d - 1) AS number
                    """
                    .formatted(WORDS, CALLS),
            """
                    INSERT INTO import_runs (id, type, status, window_from, key_hash, listed_at, listing_stage, total_conversations,
                        processed_conversations, started_at, completed_at)
                    VALUES ('%1$s', 'historical', 'failed', '2020-01-01', 'filled', now() - interval '1 day', 'done', %2$d, %2$d,
                        now() - interval '1 day', now() - interval '1 day')
                    """
                    .formatted(RUN, CONVERSATIONS),
            """
                    INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what)
                    SELECT '%s', CASE WHEN number %% 3 = 0 THEN 'warning' ELSE 'error' END, 'messages', 'conversation',
                        'CNfilled' || number, 'OpenPhone answered ' || 400 + number %% 7 || ': This cannot be read'
                    FROM generate_series(0, %d - 1) AS number
                    """.formatted(RUN, ISSUES), "ANALYZE");

    private FilledDatabase() {
    }

    static void fill(Postgres postgres, String database) throws SQLException {
        for (var statement : ROWS) {
            postgres.execute(database, statement);
        }
    }
}
