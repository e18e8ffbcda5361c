package org.openphoneimport.run;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.openphone.NotNowException;

/**
 * Counts what a run has read. The counters stand in the run's row, which is locked by that until the commit: a transaction
 * counts last.
 */
@ApplicationScoped
public class Counters {

    private final EntityManager entityManager;

    Counters(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Adds to the counters, whatever the status of the run. */
    @Transactional(TxType.MANDATORY)
    public void add(UUID run, Progress progress) {
        add(run, progress, "true");
    }

    /**
     * Adds to the counters of a run that goes on.
     *
     * @throws NotNowException.RunStopped when it has ended: what was received for it may not be stored
     */
    @Transactional(TxType.MANDATORY)
    public void addWhileGoingOn(UUID run, Progress progress) {
        if (add(run, progress, Runs.GOES_ON) == 0) {
            throw new NotNowException.RunStopped("over");
        }
    }

    private int add(UUID run, Progress progress, String condition) {
        return entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    total_conversations = total_conversations + :listed,
                    processed_conversations = processed_conversations + :conversations,
                    processed_messages = processed_messages + :messages,
                    processed_calls = processed_calls + :calls,
                    total_media = coalesce(total_media, 0) + :media,
                    current_conversation = coalesce(CAST(:current AS text), current_conversation),
                    last_completed_conversation = coalesce(CAST(:completed AS text), last_completed_conversation)
                WHERE id = :run AND %s
                """.formatted(condition))
                .setParameter("listed", progress.listed())
                .setParameter("conversations", progress.conversations())
                .setParameter("messages", progress.messages())
                .setParameter("calls", progress.calls())
                .setParameter("media", progress.media())
                .setParameter("current", progress.current())
                .setParameter("completed", progress.completed())
                .setParameter("run", run)
                .executeUpdate();
    }

    /** Takes all messages and calls out of the counters: they count when they come again. */
    @Transactional(TxType.MANDATORY)
    public void forgetActivities(UUID run) {
        entityManager.createNativeQuery("UPDATE import_runs SET processed_messages = 0, processed_calls = 0 WHERE id = :run")
                .setParameter("run", run).executeUpdate();
    }

    /** Counts what was found when everything had been read: totals are known by then, and grow with what is stored. */
    @Transactional(TxType.MANDATORY)
    public void addFound(UUID run, int messages, int calls, int media) {
        entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    processed_messages = processed_messages + :messages, total_messages = total_messages + :messages,
                    processed_calls = processed_calls + :calls, total_calls = total_calls + :calls,
                    total_media = coalesce(total_media, 0) + :media
                WHERE id = :run
                """)
                .setParameter("messages", messages)
                .setParameter("calls", calls)
                .setParameter("media", media)
                .setParameter("run", run)
                .executeUpdate();
    }

    /**
     * Counts the conversations of a run anew, after some were added or opened again: how many messages and calls there are in
     * all is open again then.
     *
     * @return how many conversations there are
     */
    @Transactional(TxType.MANDATORY)
    public int recountConversations(UUID run) {
        return (Integer) entityManager.createNativeQuery("""
                UPDATE import_runs SET
                    total_conversations = (SELECT count(*) FROM import_conversations WHERE run_id = :run),
                    processed_conversations =
                        (SELECT count(*) FROM import_conversations WHERE run_id = :run AND status = 'done'),
                    total_messages = NULL, total_calls = NULL
                WHERE id = :run
                RETURNING total_conversations
                """, Integer.class).setParameter("run", run).getSingleResult();
    }
}
