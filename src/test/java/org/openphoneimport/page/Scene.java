package org.openphoneimport.page;

import java.time.Instant;
import java.util.UUID;

import org.openphoneimport.testsupport.Database;

/**
 * A state that somebody may find the page in, painted into the tables: what takes an hour or an accident to come about.
 */
public enum Scene {

    EMPTY("/", "Nothing imported yet") {
        @Override
        public void paint(Database database) {
            // There is nothing.
        }
    },

    LISTING("/", "Listing conversations") {
        @Override
        public void paint(Database database) {
            run(database, "started_at = clock_timestamp() - interval '20 seconds'");
            conversations(database, 312, 0);
            database.execute("UPDATE import_runs SET status = 'running'");
        }
    },

    IMPORTING("/", "Importing") {
        @Override
        public void paint(Database database) {
            run(database, """
                    started_at = clock_timestamp() - interval '42 minutes 15 seconds', total_conversations = 7000,
                    processed_conversations = 4521, processed_messages = 12043, processed_calls = 892, total_media = 800,
                    processed_media = 234, listed_at = clock_timestamp() - interval '41 minutes',
                    current_conversation = 'CNscene17'""");
            conversations(database, 700, 452);
            limits(database, "null");
            samples(database, 30);
            steps(database);
            issue(database, "warning", 2);
            issue(database, "error", 3);
            log(database);
            database.execute("UPDATE import_runs SET status = 'running'");
        }
    },

    WAITING("/", "Waiting for OpenPhone") {
        @Override
        public void paint(Database database) {
            IMPORTING.paint(database);
            limits(database, "clock_timestamp() + interval '10 minutes'");
        }
    },

    PAUSED("/", "Paused") {
        @Override
        public void paint(Database database) {
            IMPORTING.paint(database);
            database.execute("""
                    UPDATE import_runs SET status = 'paused', paused_at = clock_timestamp() - interval '3 minutes',
                        reason = 'OpenPhone refuses the key (401). Set a new one in OPENPHONE_API_KEY, start again and resume'
                    """);
        }
    },

    /** Less than what is worth a headline. */
    WAITING_SHORTLY("/", "Importing") {
        @Override
        public void paint(Database database) {
            IMPORTING.paint(database);
            limits(database, "clock_timestamp() + interval '12 seconds'");
        }
    },

    /** A worker reads its page to the end. */
    PAUSING("/", "Pausing") {
        @Override
        public void paint(Database database) {
            IMPORTING.paint(database);
            working(database);
            database.execute("UPDATE import_runs SET status = 'paused', paused_at = clock_timestamp()");
        }
    },

    CANCELLING("/", "Cancelling") {
        @Override
        public void paint(Database database) {
            CANCELLED.paint(database);
            working(database);
        }
    },

    /** All conversations have been read; some failed, and recordings and transcripts are being asked for. */
    PARTS_OF_CALLS("/", "Importing") {
        @Override
        public void paint(Database database) {
            run(database, ALL_READ.replace("processed_conversations = 7000", "processed_conversations = 6990")
                    .replace("interval '26 minutes'", "interval '5 minutes'") + ", api = '2026-03-30', witness = 'v1'");
            conversations(database, 7000, 6990);
            database.execute("""
                    UPDATE import_conversations SET status = CASE WHEN conversation_id < 'CNscene6994' THEN 'failed'
                        ELSE 'unavailable' END WHERE status = 'pending'
                    """);
            limits(database, "null");
            samples(database, 30);
            database.execute("UPDATE import_events SET at = at - interval '6 minutes' WHERE kind <> 'sample'");
            database.execute("""
                    INSERT INTO calls (id, conversation_id, payload) SELECT 'CAscene' || number, 'CNscene' || number, '{}'
                    FROM generate_series(1, 900) AS number
                    """);
            database.execute("""
                    INSERT INTO call_parts (call_id, kind, run_id, status, asked_at)
                    SELECT 'CAscene' || number, kind, ?, CASE WHEN number > 600 THEN 'pending' WHEN number > 595 THEN 'waiting'
                        WHEN number > 590 THEN 'failed' WHEN number % 3 = 0 THEN 'none' ELSE 'stored' END,
                        CASE WHEN number <= 600 THEN clock_timestamp() - (600 - number) * interval '0.5 seconds' END
                    FROM generate_series(1, 900) AS number, unnest(ARRAY['recordings', 'transcript']) AS kind
                    """, UUID.fromString(RUN));
            database.execute("UPDATE import_runs SET status = 'running'");
        }
    },

    /** Both APIs know it. */
    CONFIRMED("/", "Completed") {
        @Override
        public void paint(Database database) {
            COMPLETED.paint(database);
            database.execute("UPDATE import_runs SET api = '2026-03-30', witness = 'v1', total_calls = 0, processed_calls = 0");
            database.execute(
                    """
                            UPDATE verifications SET checks = checks || jsonb_build_array(jsonb_build_object('name',
                                'A sample of conversations has the same messages and calls through both APIs', 'checked', 100, 'found', 0)),
                                samples_all = true
                            """);
            database.execute("""
                    INSERT INTO list_records (list, read) VALUES ('messages', '{(,infinity)}'), ('calls', '{(,infinity)}')
                    ON CONFLICT (list) DO UPDATE SET read = excluded.read
                    """);
        }
    },

    VERIFYING("/", "Verifying") {
        @Override
        public void paint(Database database) {
            run(database, ALL_READ);
            database.execute("INSERT INTO verifications (run_id, status) VALUES (?, 'running')", UUID.fromString(RUN));
            conversations(database, 250, 250);
            samples(database, 30);
            log(database);
            database.execute("UPDATE import_runs SET status = 'verifying'");
        }
    },

    COMPLETED("/", "Completed") {
        @Override
        public void paint(Database database) {
            run(database, ALL_READ + ", completed_at = clock_timestamp() - interval '2 minutes'");
            limits(database, "null");
            samples(database, 30);
            verdict(database, "clean", 0);
            ledger(database, "(,%s)");
            log(database);
            database.execute("UPDATE import_runs SET status = 'completed'");
        }
    },

    /** The reconciliation after it did what it was for; what the import has not read is still not here. */
    FAILED_THEN_RECONCILED("/", "Completed, but not everything is here") {
        @Override
        public void paint(Database database) {
            FAILED.paint(database);
            database.execute("DELETE FROM discrepancies");
            database.execute("UPDATE verifications SET status = 'clean'");
            ledger(database, "(,2026-01-01)");
            database.execute(
                    "UPDATE list_records SET read = tstzmultirange(tstzrange(NULL, now())) WHERE list NOT IN ('messages', 'calls')");
            database.execute("UPDATE conversations SET thread_key = id, last_activity_at = CASE WHEN id < 'CNscene12' "
                    + "THEN date '2026-02-01' ELSE date '2025-02-01' END");
            database.execute(
                    """
                            INSERT INTO import_runs (type, status, window_from, window_from_given, key_hash, started_at, completed_at,
                                total_conversations, processed_conversations, processed_messages, total_messages, processed_calls,
                                total_calls)
                            VALUES ('reconciliation', 'completed', now() - interval '1 hour', true, 'scene', now(), now(), 12, 12, 14, 14,
                                2, 2)
                            """);
        }
    },

    ACCEPTED("/", "Completed") {
        @Override
        public void paint(Database database) {
            COMPLETED.paint(database);
            ledger(database, "(,2026-01-01)");
            database.execute(
                    "UPDATE list_records SET read = tstzmultirange(tstzrange(NULL, now())) WHERE list NOT IN ('messages', 'calls')");
            conversations(database, 3, 3);
            database.execute("UPDATE conversations SET last_activity_at = date '2026-02-01', thread_key = id");
            database.execute("""
                    INSERT INTO conversation_records (conversation_id, messages_refused, calls_refused)
                    SELECT id, refusal, refusal
                    FROM conversations, (VALUES ('OpenPhone refuses it: Not Phone Number User')) AS said(refusal)
                    """);
            database.execute("""
                    INSERT INTO accepted_gaps (subject, subject_id, finding, accepted_by, reason)
                    SELECT 'conversation', id, 'OpenPhone refuses it', 'olga', 'A number that we gave back' FROM conversations
                    """);
            database.execute("""
                    INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding)
                    SELECT verifications.id, 'accepted', 'conversation', conversations.id,
                        'OpenPhone refuses it: Not Phone Number User. Accepted by olga: A number that we gave back'
                    FROM verifications, conversations
                    """);
        }
    },

    /** What OpenPhone refuses can be accepted. */
    UNAVAILABLE("/", "Completed, but not everything is here") {
        @Override
        public void paint(Database database) {
            ACCEPTED.paint(database);
            database.execute("DELETE FROM accepted_gaps");
            database.execute(
                    "UPDATE discrepancies SET kind = 'unavailable', finding = 'OpenPhone refuses it: Not Phone Number User'");
        }
    },

    WINDOW_ONLY("/", "Completed, but not everything is here") {
        @Override
        public void paint(Database database) {
            COMPLETED.paint(database);
            conversations(database, 250, 250);
            database.execute("UPDATE conversations SET thread_key = id, last_activity_at = now() - interval '1 day'");
            database.execute("UPDATE import_runs SET window_from = date '2026-06-01', window_from_given = true");
            ledger(database, "[2026-06-01,%s)");
            database.execute(
                    "UPDATE list_records SET read = tstzmultirange(tstzrange(NULL, now())) WHERE list NOT IN ('messages', 'calls')");
        }
    },

    FAILED("/", "Failed") {
        @Override
        public void paint(Database database) {
            run(database,
                    ALL_READ + """
                            , completed_at = clock_timestamp() - interval '2 minutes',
                            reason = '3 conversations could not be imported, 0 are not stored, 1 have fewer rows than were received'""");
            conversations(database, 250, 250);
            database.execute("UPDATE import_conversations SET status = 'failed' WHERE conversation_id < 'CNscene12'");
            limits(database, "null");
            samples(database, 30);
            verdict(database, "discrepancies", 4);
            issue(database, "error", 7);
            log(database);
            deadLetters(database);
            database.execute("UPDATE import_runs SET status = 'failed'");
        }
    },

    CANCELLED("/", "Cancelled") {
        @Override
        public void paint(Database database) {
            IMPORTING.paint(database);
            database.execute("""
                    UPDATE import_runs SET status = 'cancelled', completed_at = clock_timestamp(),
                        reason = 'Cancelled by an operator'
                    """);
        }
    },

    /** All that comes from OpenPhone or from an error is an attack. */
    HOSTILE("/", "Paused") {
        @Override
        public void paint(Database database) {
            FAILED.paint(database);
            database.execute("""
                    UPDATE conversations SET name = ? || repeat('x', 100000), participants = ARRAY[?, repeat('9', 100000)]
                    """, HOSTILE_TEXT, HOSTILE_TEXT);
            database.execute("""
                    UPDATE import_runs SET status = 'paused', completed_at = NULL, paused_at = clock_timestamp(),
                        listed_at = clock_timestamp(), current_conversation = 'CNscene17', reason = ? || repeat('y', 100000)
                    """, HOSTILE_TEXT);
            database.execute("""
                    UPDATE import_issues SET what = ? || repeat(' or else', 20000), request = ? || repeat('/', 100000),
                        subject_id = id || ? || repeat('Z', 100000)
                    WHERE id % 2 = 0""", HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT);
            database.execute("UPDATE import_events SET what = ? || repeat('w', 100000) WHERE kind <> 'sample'", HOSTILE_TEXT);
            database.execute("UPDATE discrepancies SET finding = ? || repeat('v', 100000), subject_id = ? || id",
                    HOSTILE_TEXT, HOSTILE_TEXT);
            database.execute("UPDATE dead_letters SET body = ? || repeat('u', 100000), reason = ?", HOSTILE_TEXT,
                    HOSTILE_TEXT);
        }
    },

    ALL_RUNS("/runs", "All runs") {
        @Override
        public void paint(Database database) {
            FAILED.paint(database);
            database.execute("""
                    INSERT INTO import_runs (type, status, window_from, window_to, window_from_given, key_hash, created_at,
                        started_at, completed_at, total_conversations, processed_conversations, processed_messages,
                        total_messages, processed_calls, total_calls)
                    SELECT 'reconciliation', (ARRAY['completed', 'completed', 'cancelled'])[1 + day % 3],
                        date_trunc('day', now()) - day * interval '1 day',
                        date_trunc('day', now()) - (day - 1) * interval '1 day', true, 'scene',
                        now() - day * interval '1 day', now() - day * interval '1 day',
                        now() - day * interval '1 day' + interval '2 minutes', 90, 90, 311, 311, 12, 12
                    FROM generate_series(1, 60) AS day
                    """);
        }
    },

    ISSUES("/runs/" + Scene.RUN + "/issues", "Errors and warnings") {
        @Override
        public void paint(Database database) {
            FAILED.paint(database);
            issue(database, "error", 60);
        }
    },

    REASONS("/runs/" + Scene.RUN + "/issues", "Errors and warnings") {
        @Override
        public void paint(Database database) {
            ISSUES.paint(database);
            database.execute(
                    """
                            INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what)
                            SELECT ?, CASE WHEN number > 67 THEN 'warning' ELSE 'error' END, 'calls', 'conversation', 'CNscene' || number,
                                'OpenPhone answered "Not Phone Number User" for +1 617-555-0' || number || ' (403)'
                            FROM generate_series(61, 70) AS number
                            """,
                    UUID.fromString(RUN));
        }
    },

    NO_ISSUES("/runs/" + Scene.RUN + "/issues", "Errors and warnings") {
        @Override
        public void paint(Database database) {
            COMPLETED.paint(database);
        }
    },

    HOSTILE_ISSUES("/runs/" + Scene.RUN + "/issues", "Errors and warnings") {
        @Override
        public void paint(Database database) {
            HOSTILE.paint(database);
        }
    },

    LOG("/runs/" + Scene.RUN + "/log", "Log") {
        @Override
        public void paint(Database database) {
            FAILED.paint(database);
        }
    },

    HOSTILE_LOG("/runs/" + Scene.RUN + "/log", "Log") {
        @Override
        public void paint(Database database) {
            HOSTILE.paint(database);
        }
    },

    QUESTION("/runs/" + Scene.RUN + "/cancel", "Cancel the historical import?") {
        @Override
        public void paint(Database database) {
            IMPORTING.paint(database);
        }
    },

    START("/start", "Before the historical import starts") {
        @Override
        public void paint(Database database) {
            // There is nothing yet.
        }
    },

    START_AGAIN("/start?type=reconciliation&from=2026-01-01", "Before the reconciliation starts") {
        @Override
        public void paint(Database database) {
            COMPLETED.paint(database);
        }
    },

    NOWHERE("/nope", "Page not found") {
        @Override
        public void paint(Database database) {
            // There is no such page.
        }
    },

    REFUSED("/runs/" + Scene.RUN, "Run not found") {
        @Override
        public void paint(Database database) {
            // There is no such run.
        }
    };

    public static final String RUN = "11111111-2222-4333-8444-555555555555";

    /** Runs as a script, ends an attribute and an element, turns the direction of text. */
    public static final String HOSTILE_TEXT = "<script>window.pwned = true</script>\"'><img src=x onerror=\"window.pwned = true\"> "
            + "</textarea></p></main>{page.frame} \u202Edeneposrever\u202C \u05E9\u05DC\u05D5\u05DD ";

    private static final String ALL_READ = """
            started_at = clock_timestamp() - interval '27 minutes', listed_at = clock_timestamp() - interval '26 minutes',
            total_conversations = 7000, processed_conversations = 7000, total_messages = 24347, processed_messages = 24347,
            total_calls = 923, processed_calls = 923, total_media = 812, processed_media = 812""";

    private final String path;
    private final String heading;

    Scene(String path, String heading) {
        this.path = path;
        this.heading = heading;
    }

    /** Where it is to be seen. */
    String path() {
        return path;
    }

    /** How the page's heading begins. */
    String heading() {
        return heading;
    }

    public abstract void paint(Database database);

    /** A run that nobody touches: paused, until all is painted. */
    private static void run(Database database, String columns) {
        database.execute("""
                INSERT INTO import_runs (id, type, status, window_from, key_hash, total_media, listing_lease_owner,
                    listing_lease_until)
                VALUES (?, 'historical', 'paused', '2020-01-01T00:00:00Z', 'scene', 0, gen_random_uuid(), 'infinity')
                """, UUID.fromString(RUN));
        database.execute("UPDATE import_runs SET " + columns);
        // keep-runs leaves it as it is painted.
        database.execute("""
                INSERT INTO keep_leases SELECT task, 'infinity' FROM unnest(ARRAY['verify', 'send', 'sample']) AS task
                ON CONFLICT (task) DO UPDATE SET lease_until = 'infinity'
                """);
    }

    /** @param range of time that has been read, {@code %s} for now */
    private static void ledger(Database database, String range) {
        database.execute("DELETE FROM list_records");
        database.execute(
                """
                        INSERT INTO list_records (list, read)
                        SELECT list, tstzmultirange(CAST(? AS tstzrange)) FROM unnest(ARRAY['messages', 'calls', 'conversations', 'users',
                            'contacts', 'custom_fields', 'tasks', 'organization', 'number_hours', 'number_members', 'number_settings',
                            'contact_notes', 'contact_properties', 'contact_shares']) AS list
                        """,
                range.formatted(Instant.now()));
    }

    private static void conversations(Database database, int listed, int done) {
        database.execute("""
                INSERT INTO conversations (id, phone_number_id, participants, name, payload)
                SELECT 'CNscene' || number, 'PNscene', ARRAY['+1617555' || to_char(100 + number % 100, 'FM0000')],
                    CASE number % 3 WHEN 0 THEN 'Wanda Rivers' END, '{}'
                FROM generate_series(1, ?) AS number
                """, listed);
        database.execute("""
                WITH batch AS (
                    INSERT INTO import_batches (run_id, number, status) VALUES (?, 1, 'done') RETURNING run_id, id
                )
                INSERT INTO import_conversations (run_id, batch_id, conversation_id, status, completed_at)
                SELECT batch.run_id, batch.id, 'CNscene' || number, CASE WHEN number <= ? THEN 'done' ELSE 'pending' END,
                    CASE WHEN number <= ? THEN clock_timestamp() - (? - number) * interval '0.5 seconds' END
                FROM batch, generate_series(1, ?) AS number
                """, UUID.fromString(RUN), done, done, done, listed);
    }

    private static void working(Database database) {
        database.execute("""
                UPDATE import_batches SET status = 'running', lease_owner = gen_random_uuid(), lease_until = 'infinity'
                """);
    }

    private static void limits(Database database, String blockedUntil) {
        database.execute("""
                INSERT INTO rate_limits (key_hash, granted, refused, waited_millis) VALUES ('scene', 22000, 14, 1294000)
                ON CONFLICT DO NOTHING
                """);
        database.execute("UPDATE rate_limits SET blocked_until = " + blockedUntil);
    }

    private static void samples(Database database, int minutes) {
        database.execute("""
                INSERT INTO import_events (run_id, at, level, kind, what, figures)
                SELECT ?, clock_timestamp() - minute * interval '1 minute', 'info', 'sample', 'Imported some so far',
                    jsonb_build_object('granted', 22000 - minute * 530 - CASE WHEN minute BETWEEN 8 AND 12 THEN 180 ELSE 0 END
                        + minute % 4 * 22, 'refused', 14 - minute / 4, 'waitedMillis', 1294000 - minute * 38000)
                FROM generate_series(?, 0, -1) AS minute
                """, UUID.fromString(RUN), minutes);
    }

    static void issue(Database database, String level, int count) {
        database.execute("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what, request)
                SELECT ?, ?, 'messages', 'conversation', 'CNscene' || number,
                    'OpenPhone does not let this key read the number (403): messages of +1 617-555-0123 are not here',
                    'GET /v1/messages?phoneNumberId=PNscene&participants=%2B16175550123&maxResults=100'
                FROM generate_series(1, ?) AS number ON CONFLICT DO NOTHING
                """, UUID.fromString(RUN), level, count);
    }

    private static void log(Database database) {
        database.execute("""
                INSERT INTO import_events (run_id, at, level, kind, what)
                SELECT ?, clock_timestamp() - minutes * interval '1 minute', level, kind, what FROM (VALUES
                    (42, 'info', 'status', 'Started'), (41, 'info', 'listing', 'Listed 7,000 conversations in 70 batches'),
                    (22, 'warning', 'wait', 'OpenPhone asked to slow down: everybody waits for 30 s'),
                    (11, 'info', 'batch', 'Batch 12 is done: 100 conversations'),
                    (3, 'error', 'issue', 'Conversation CNscene3 could not be imported: OpenPhone answered 403')
                ) AS line (minutes, level, kind, what)
                """, UUID.fromString(RUN));
    }

    private static void verdict(Database database, String status, int found) {
        database.execute("""
                INSERT INTO verifications (run_id, status, checks) VALUES (?, ?, jsonb_build_array(
                    jsonb_build_object('name', 'Conversations listed now are stored', 'checked', 7000, 'found', 0),
                    jsonb_build_object('name', 'Last activities are stored', 'checked', 7000, 'found', CAST(? AS int)),
                    jsonb_build_object('name', 'Files are in the store', 'checked', 812, 'found', 0)))
                """, UUID.fromString(RUN), status, found);
        database.execute("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding)
                SELECT verifications.id, (ARRAY['missing', 'different', 'unavailable', 'absent'])[1 + number % 4], 'message',
                    'ACscene' || number, 'OpenPhone names it as the last activity of its conversation, and it is not stored'
                FROM verifications, generate_series(1, ?) AS number
                """, found);
    }

    private static void steps(Database database) {
        database.execute("""
                INSERT INTO checklist_steps (run_id, name, position, state, finding)
                SELECT ?, name, position, state, finding FROM (VALUES
                    ('read-only', 0, 'active', 'Role app cannot write; 2 of its old sessions still can'),
                    ('webhooks', 1, 'skipped', 'This key may not change webhooks: 3 of them are live'),
                    ('reconciliation', 2, 'pending', NULL)) AS step (name, position, state, finding)
                """, UUID.fromString(RUN));
    }

    private static void deadLetters(Database database) {
        database.execute("""
                INSERT INTO dead_letters (queue, record_id, body, reason) VALUES
                    ('import', '1', '{"batch":', 'The record is not JSON: it ends in line 1, column 10'),
                    ('media', '2', '{"mediaId":17}', 'There is no media file 17')
                """);
    }
}
