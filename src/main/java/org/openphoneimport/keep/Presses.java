package org.openphoneimport.keep;

import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Run;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Writes down who pressed what and when: in the log of the run that it is about, and in the application's log, where that
 * stands alone which is about no run. A press that was refused is one, too.
 */
@ApplicationScoped
public class Presses {

    private static final Logger LOG = Logger.getLogger(Presses.class);

    private final EventLog events;

    Presses(EventLog events) {
        this.events = events;
    }

    /**
     * Notes one that has had its effect.
     *
     * @param run that it is about; null for none
     * @param by name of the user
     * @param button what was pressed, such as {@code Pause}
     */
    public void done(@Nullable UUID run, String by, String button) {
        write(run, "%s pressed \"%s\"".formatted(by, button));
    }

    /**
     * Notes one that has had no effect.
     *
     * @param run that it is about; null for none, or for one that does not exist
     * @param by name of the user
     * @param button what was pressed, such as {@code Pause}
     * @param why as the user was told
     */
    public void refused(@Nullable UUID run, String by, String button, String why) {
        write(run, "%s pressed \"%s\" in vain: %s".formatted(by, button, why));
    }

    /** The run to whose log that belongs which is about all of them. */
    public @Nullable UUID lastRun() {
        try {
            return QuarkusTransaction.requiringNew().call(Run::last).map(run -> run.id).orElse(null);
        } catch (PersistenceException e) {
            LOG.warnf("Failed to read the last run: %s", e.getMessage());
            return null;
        }
    }

    /** What was pressed has happened; that it could not be written down must not make it look as if it had not. */
    private void write(@Nullable UUID run, String what) {
        LOG.infof("%s%s", what, Optional.ofNullable(run).map(id -> " for run " + id).orElse(""));
        if (run == null) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> events.add(run, EventLog.Level.INFO, "press", what));
        } catch (PersistenceException e) {
            LOG.errorf("Failed to write into the log of run %s who pressed what: %s", run, e.getMessage());
        }
    }
}
