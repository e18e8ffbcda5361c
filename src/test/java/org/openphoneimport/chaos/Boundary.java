package org.openphoneimport.chaos;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Reply;

/** Moments between two steps of the work at which a worker may die. Each is seen from outside of the application. */
enum Boundary {

    /** A page of the listing is stored, the next one is asked for. */
    BETWEEN_LISTING_PAGES {
        @Override
        void arm(Death death) {
            death.rig().openPhone().intercept(request -> {
                if (Lists.isOfConversations(request.template())
                        && (Lists.goesOn(request) || request.parameter("createdAt[gte]").isPresent())) {
                    death.strike();
                }
                return Fault.none();
            });
        }
    },

    /** Ten batches are on the queue and noted, the others are not. */
    BETWEEN_SENDS {
        @Override
        void arm(Death death) {
            var sends = new AtomicInteger();
            death.rig().queueProxy().meddle((call, queue) -> {
                if (call.is("SendMessageBatch") && sends.incrementAndGet() == 2) {
                    death.strike();
                    return null;
                }
                return queue.send(call.body());
            });
        }
    },

    /** Batches are on the queue, but nobody has noted it. */
    SENT_BUT_NOT_NOTED {
        @Override
        void arm(Death death) {
            death.rig().queueProxy().meddle((call, queue) -> {
                var answer = queue.send(call.body());
                if (call.is("SendMessageBatch")) {
                    death.strike();
                    return null;
                }
                return answer;
            });
        }
    },

    /** A batch is claimed, nothing has been asked for. */
    CLAIMED {
        @Override
        void arm(Death death) {
            atRequest(death, 1);
        }
    },

    /** Conversations have been fetched, but not stored. */
    FETCHED {
        @Override
        void arm(Death death) {
            atRequest(death, 7);
        }
    },

    /** Rows, places and counters are written; the commit does not come. */
    BEFORE_COMMIT {
        @Override
        void arm(Death death) {
            Commits.hold(death, "import_conversations", "NEW.status = 'done'", true);
        }
    },

    /** A page, its place and the counters are written; the commit does not come. */
    BEFORE_COMMIT_OF_A_PAGE {
        @Override
        void arm(Death death) {
            Commits.hold(death, "import_runs", "NEW.processed_messages > OLD.processed_messages", true);
        }
    },

    /** The commit was sent, and happens after the worker has died. */
    COMMITTED_AFTER_DEATH {
        @Override
        void arm(Death death) {
            Commits.hold(death, "import_conversations", "NEW.status = 'done'", false);
        }
    },

    /** Everything is committed, but the record is still on the queue. */
    COMMITTED_BUT_NOT_ACKNOWLEDGED {
        @Override
        void arm(Death death) {
            death.rig().queueProxy().meddle((call, queue) -> {
                if (call.is("DeleteMessage")) {
                    death.strike();
                    return null;
                }
                return queue.send(call.body());
            });
        }
    },

    /** The first step of a hand-back does not come to its end. */
    BEFORE_RELEASE {
        @Override
        void arm(Death death) {
            outOfPatience(death);
            Commits.hold(death, "import_batches", "OLD.status = 'running' AND NEW.status = 'pending'", true);
        }
    },

    /** A batch is handed back, but its new record has not been sent. */
    RELEASED_BUT_NOT_SENT {
        @Override
        void arm(Death death) {
            outOfPatience(death);
            death.rig().queueProxy().meddle((call, queue) -> {
                if (isHandBack(call)) {
                    death.strike();
                    return null;
                }
                return queue.send(call.body());
            });
        }
    },

    /** A batch is handed back and its new record sent, but nobody has noted it. */
    HANDED_BACK_BUT_NOT_NOTED {
        @Override
        void arm(Death death) {
            outOfPatience(death);
            death.rig().queueProxy().meddle((call, queue) -> {
                var answer = queue.send(call.body());
                if (isHandBack(call)) {
                    death.strike();
                    return null;
                }
                return answer;
            });
        }
    },

    /** A batch is handed back, and the old record is still on the queue. */
    HANDED_BACK_BUT_NOT_ACKNOWLEDGED {
        @Override
        void arm(Death death) {
            outOfPatience(death);
            var handedBack = new AtomicBoolean();
            death.rig().queueProxy().meddle((call, queue) -> {
                if (isHandBack(call)) {
                    handedBack.set(true);
                }
                if (call.is("DeleteMessage") && handedBack.get()) {
                    death.strike();
                    return null;
                }
                return queue.send(call.body());
            });
        }
    };

    /** Lets the worker die when it comes here. */
    abstract void arm(Death death);

    private static void atRequest(Death death, int number) {
        var requests = new AtomicInteger();
        death.rig().openPhone().intercept(request -> {
            if (Lists.isOfMessages(request.template()) && requests.incrementAndGet() == number) {
                death.strike();
            }
            return Fault.none();
        });
    }

    /**
     * OpenPhone asks for a wait that is too long to sleep through. Again and again, since a worker on a busy machine may
     * learn of it so late that the rest is short enough.
     */
    private static void outOfPatience(Death death) {
        var requests = new AtomicInteger();
        death.rig().openPhone().intercept(request -> Lists.isOfMessages(request.template()) && !death.isDone()
                && requests.incrementAndGet() % 5 == 0 ? slowDown(2) : Fault.none());
    }

    private static Fault slowDown(int seconds) {
        return Fault.answer(Reply.empty(429).header("Retry-After", Integer.toString(seconds)));
    }

    private static boolean isHandBack(QueueProxy.Call call) {
        return call.is("SendMessageBatch") && call.body().path("Entries").path(0).path("DelaySeconds").asInt() > 0;
    }

    /** The one death of a worker. */
    static final class Death {

        private final Rig rig;
        private final AtomicBoolean done = new AtomicBoolean();

        Death(Rig rig) {
            this.rig = rig;
        }

        Rig rig() {
            return rig;
        }

        /** Kills the worker, if this has not happened yet. */
        void strike() {
            if (!done.get()) {
                rig.kill();
                done.set(true);
            }
        }

        boolean isDone() {
            return done.get();
        }
    }
}
