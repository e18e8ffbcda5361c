package org.openphoneimport.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Pause;

/** What may happen to a run at any moment. */
enum Trouble {

    /** An operator pauses it, and resumes it after a while. */
    PAUSE {
        @Override
        void strike(Scene scene) throws IOException {
            if (scene.rig().act("pause", scene.run())) {
                var acknowledged = Instant.now();
                boolean rest = scene.random().nextInt(8) == 0;
                Pause.millis(rest ? Scene.TO_A_STANDSTILL.toMillis() + 700 : 30 + scene.random().nextInt(300));
                scene.noteStandstill(acknowledged, Instant.now());
                scene.resume();
            }
        }
    },

    /** Each record is delivered again, some of them late. */
    DUPLICATES {
        @Override
        void strike(Scene scene) {
            var queues = scene.rig().queues();
            scene.rig().database().rows("SELECT id FROM import_batches WHERE run_id = ?", scene.run())
                    .forEach(batch -> queues.sqs().sendMessage(request -> request.queueUrl(queues.importUrl())
                            .delaySeconds(scene.random().nextInt(3))
                            .messageBody("{\"runId\":\"%s\",\"batchId\":\"%s\"}".formatted(scene.run(), batch.text("id")))));
        }
    },

    /** A process dies. */
    CRASH {
        @Override
        void strike(Scene scene) {
            scene.rig().kill(scene.random().nextInt(RandomScheduleTest.PROCESSES));
        }
    },

    /** A process stands still until its leases are over and others have taken its batches; then it goes on. */
    FREEZE {
        @Override
        void strike(Scene scene) {
            scene.rig().freeze(scene.random().nextInt(RandomScheduleTest.PROCESSES), Duration.ofMillis(1700));
        }
    },

    /** All connections to Postgres end, with what was being done on them. */
    DISCONNECT {
        @Override
        void strike(Scene scene) {
            scene.rig().database().rows("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE usename = 'postgres' AND backend_type = 'client backend'
                    """);
        }
    },

    /** All leases end while their owners live: two work on the same batch. */
    LEASES_END {
        @Override
        void strike(Scene scene) {
            scene.rig().database().execute(
                    """
                            UPDATE import_batches SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_owner IS NOT NULL
                            """);
        }
    },

    /** A third of the requests is not answered as it should be, until something else happens to OpenPhone. */
    FAULTS {
        @Override
        void strike(Scene scene) {
            var faults = new Faults();
            scene.rig().openPhone().intercept(request -> new Fault.Delay(Scene.ANSWER_TIME,
                    scene.random().nextInt(3) == 0 ? faults.quick(scene.random(), request) : Fault.none()));
        }
    },

    /** The key is refused once, so the run pauses itself; somebody resumes it in the end. */
    KEY_REFUSED {
        @Override
        void strike(Scene scene) {
            scene.rig().openPhone().intercept(request -> new Fault.Delay(Scene.ANSWER_TIME,
                    scene.random().nextInt(8) == 0 ? Fault.status(401) : Fault.none()));
        }
    },

    /** The queue refuses half of what it is sent, in an answer that says all is well. */
    QUEUE_REFUSES {
        @Override
        void strike(Scene scene) {
            scene.rig().queueProxy().meddle(QueueProxy.refusing(scene.random(), 0.5));
        }
    },

    /** keep-runs is invoked several times at once. */
    KEEP {
        @Override
        void strike(Scene scene) {
            for (int i = 0; i < 3; i++) {
                Thread.startVirtualThread(() -> {
                    try {
                        scene.rig().invoke("keep-runs", "{}");
                    } catch (IOException e) {
                        // The worker has just been killed.
                    }
                });
            }
        }
    };

    abstract void strike(Scene scene) throws IOException;
}
