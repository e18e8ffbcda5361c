package org.openphoneimport.chaos;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.testsupport.Pause;

/** Stops a transaction right before its commit, so that the worker can be killed there. */
final class Commits {

    private static final AtomicReference<@Nullable Hold> CURRENT = new AtomicReference<>();

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
        CURRENT.set(Hold.begin(death, rollBack));
    }

    /** Holds nothing back any more, and lets nobody wait for a commit that may never come. */
    static void release(Rig rig) {
        var hold = CURRENT.getAndSet(null);
        if (hold != null) {
            hold.end();
        }
        let(rig);
    }

    private static void let(Rig rig) {
        // First those who sleep go on, then the trigger goes.
        if (rig.database().count("SELECT count(*) FROM pg_tables WHERE schemaname = 'chaos'") > 0) {
            rig.database().execute("DELETE FROM chaos.held");
        }
        rig.database().execute("DROP SCHEMA IF EXISTS chaos CASCADE");
    }

    /** Waits for the transaction and kills its worker. */
    private static final class Hold {

        private final Boundary.Death death;
        private final boolean rollBack;
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private volatile boolean inVain;

        private Hold(Boundary.Death death, boolean rollBack) {
            this.death = death;
            this.rollBack = rollBack;
        }

        static Hold begin(Boundary.Death death, boolean rollBack) {
            var hold = new Hold(death, rollBack);
            Thread.startVirtualThread(() -> {
                try {
                    hold.await();
                } finally {
                    hold.over.complete(null);
                }
            });
            return hold;
        }

        /** Returns when its thread has ended. */
        void end() {
            inVain = true;
            over.join();
        }

        private void await() {
            var database = death.rig().database();
            while (database.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0) {
                if (inVain) {
                    return;
                }
                Pause.millis(20);
            }
            death.strike();
            if (rollBack) {
                database.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
            } else {
                Pause.millis(1000);
            }
            let(death.rig());
        }
    }
}
