package org.openphoneimport.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.activity.Activity;
import org.openphoneimport.call.Call;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.run.Counters;

/** Stores what a verification was given by its id, with the run that it verifies: keep-runs brings files and parts of calls. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class FoundActivities {

    private final EntityManager entityManager;
    private final Counters counters;

    FoundActivities(EntityManager entityManager, Counters counters) {
        this.entityManager = entityManager;
        this.counters = counters;
    }

    void store(UUID run, String conversation, FoundActivity found) {
        switch (found) {
            case FoundActivity.OfMessage(MessageDocument message) -> counters.addFound(run,
                    Message.store(List.of(new Message.Received(conversation, message)), run), 0,
                    Media.note(files(message), run));
            case FoundActivity.OfCall(CallDocument call) -> {
                counters.addFound(run, 0, Call.store(List.of(new Call.Received(conversation, call)), run), 0);
                CallPart.noteDue(call.id(), run);
            }
        }
    }

    /** Notes that no list has shown it. */
    void noteUnlisted(String conversation, String id, FoundActivity found) {
        (found.isMessage() ? Activity.MESSAGE : Activity.CALL).noteUnlisted(conversation, id);
    }

    /** Whether it is one of those that no list has shown. */
    boolean isUnlisted(String id) {
        return unlisted(id).isPresent();
    }

    private Optional<Activity> unlisted(String id) {
        List<?> subjects = entityManager.createNativeQuery("SELECT subject FROM found_by_id WHERE id = :id", String.class)
                .setParameter("id", id).getResultList();
        return subjects.stream().map(subject -> Activity.valueOf(((String) subject).toUpperCase(Locale.ROOT))).findFirst();
    }

    /** OpenPhone does not give it by its id any more; returns false when it is none of those that no list has shown. */
    boolean forgetUnlisted(String id) {
        var unlisted = unlisted(id);
        unlisted.ifPresent(activity -> activity.forgetUnlisted(id));
        return unlisted.isPresent();
    }

    /** Whether OpenPhone refuses what is like this of a conversation: its messages, or its calls. */
    boolean isRefused(String conversation, FoundActivity found) {
        return !entityManager.createNativeQuery("""
                SELECT conversation_id FROM conversation_records WHERE conversation_id = :conversation
                    AND %s IS NOT NULL
                """.formatted(found.isMessage() ? "messages_refused" : "calls_refused"), String.class)
                .setParameter("conversation", conversation).getResultList().isEmpty();
    }

    private static List<Media.Found> files(MessageDocument message) {
        var files = new ArrayList<Media.Found>();
        for (var file : message.media()) {
            files.add(new Media.Found("message", message.id(), files.size(), file.url(), file.type()));
        }
        return files;
    }
}
