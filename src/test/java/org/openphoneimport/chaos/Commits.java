package org.openphoneimport.chaos;

import org.openphoneimport.testsupport.Pause;

/** Stops a transaction right before its commit, so that the worker can be killed there. */
final class Commits {

    private Commits() {
    }

    /**
     * Kills the worker when a transaction that has changed such a row is about to commit.
     *
     * @param rollBack whether the transaction is lost with the worker; if not, it is committed a second later
     */
    static void hold(Boundary.Death death, String table, String condition, boolean rollBack) {
        var database = death.rig().database();
        release(death.rig());
        database.execute("""
                CREATE SCHEMA IF NOT EXISTS chaos;
                CREATE TABLE IF NOT EXISTS chaos.held (held boolean);
                INSERT INTO chaos.held VALUES (true);
                CREATE OR REPLACE FUNCTION chaos.hold() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    WHILE EXISTS (SELECT FROM chaos.held) LOOP
                        PERFORM pg_sleep(0.05);
                    END LOOP;
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER chaos_hold AFTER UPDATE ON %s DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW WHEN (%s) EXECUTE FUNCTION chaos.hold()
                """.formatted(table, condition));
        Thread.startVirtualThread(() -> {
            while (database.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0) {
                Pause.millis(20);
            }
            death.strike();
            if (rollBack) {
                database.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
            } else {
                Pause.millis(1000);
            }
            release(death.rig());
        });
    }

    /** Holds nothing back any more. */
    static void release(Rig rig) {
        // First those who sleep go on, then the trigger goes.
        if (rig.database().count("SELECT count(*) FROM pg_tables WHERE schemaname = 'chaos'") > 0) {
            rig.database().execute("DELETE FROM chaos.held");
        }
        rig.database().execute("DROP SCHEMA IF EXISTS chaos CASCADE");
    }
}
