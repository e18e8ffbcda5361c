package org.openphoneimport.chaos;

import java.util.List;

import org.openphoneimport.testsupport.Database;

/**
 * Looks at every commit that changes a run, in the database itself: whether its counters equal its rows at this very
 * moment, and whether it comes to its end while work is pending.
 */
final class Watch {

    private final Database database;

    private Watch(Database database) {
        this.database = database;
    }

    static Watch over(Database database) {
        end(database);
        database.execute(
                """
                        CREATE SCHEMA watch;
                        CREATE TABLE watch.findings (at timestamptz NOT NULL DEFAULT clock_timestamp(), finding text NOT NULL);
                        CREATE FUNCTION watch.look() RETURNS trigger LANGUAGE plpgsql AS $$
                        DECLARE
                            run   public.import_runs%ROWTYPE;
                            found record;
                        BEGIN
                            SELECT * INTO run FROM public.import_runs WHERE id = NEW.id;
                            SELECT (SELECT count(*) FROM public.messages WHERE last_run_id = run.id) AS messages,
                                (SELECT count(*) FROM public.calls WHERE last_run_id = run.id) AS calls,
                                count(*) FILTER (WHERE status <> 'pending') AS ended, count(*) FILTER (WHERE status = 'pending') AS open
                            INTO found FROM public.import_conversations WHERE run_id = run.id;
                            IF run.processed_messages <> found.messages OR run.processed_calls <> found.calls
                                OR (run.listed_at IS NOT NULL AND run.processed_conversations <> found.ended) THEN
                                INSERT INTO watch.findings (finding) VALUES (format('%s messages, %s calls, %s conversations are counted, '
                                    'there are %s, %s, %s', run.processed_messages, run.processed_calls, run.processed_conversations,
                                    found.messages, found.calls, found.ended));
                            END IF;
                            IF run.status IN ('verifying', 'completed', 'failed') AND found.open > 0 THEN
                                INSERT INTO watch.findings (finding)
                                VALUES (format('The run is %s while %s conversations are pending', run.status, found.open));
                            END IF;
                            RETURN NULL;
                        END $$;
                        CREATE CONSTRAINT TRIGGER watch AFTER UPDATE ON import_runs DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION watch.look()
                        """);
        return new Watch(database);
    }

    void forget() {
        database.execute("DELETE FROM watch.findings");
    }

    List<String> findings() {
        return database.rows("SELECT finding FROM watch.findings ORDER BY at").stream().map(row -> row.text("finding"))
                .toList();
    }

    void end() {
        end(database);
    }

    private static void end(Database database) {
        database.execute("DROP SCHEMA IF EXISTS watch CASCADE");
    }
}
