package org.openphoneimport.media;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.MessageDocument;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.RecordingDocument;
import org.openphoneimport.openphone.VoicemailDocument;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Asks OpenPhone where a file is now: URLs may expire. */
@ApplicationScoped
class FreshUrls {

    private final EntityManager entityManager;
    private final OpenPhone openPhone;

    FreshUrls(EntityManager entityManager, OpenPhone openPhone) {
        this.entityManager = entityManager;
        this.openPhone = openPhone;
    }

    /** The URL of a file; empty when OpenPhone has none by now. */
    Optional<String> find(MediaClaim.Held file, Caller caller) {
        return switch (file.subject()) {
            case "message" -> openPhone.message(caller, file.subjectId()).media().stream().skip(file.position()).findFirst()
                    .map(MessageDocument.Media::url);
            case "recording" -> openPhone.recordings(caller, call("call_recordings", file)).stream()
                    .filter(recording -> recording.id().equals(file.subjectId())).findFirst().map(RecordingDocument::url);
            case "voicemail" -> openPhone.voicemail(caller, call("call_voicemails", file))
                    .map(VoicemailDocument::recordingUrl);
            default -> throw new IllegalStateException("Nobody knows what a " + file.subject() + " is");
        };
    }

    /** The call that it belongs to, which is what OpenPhone is asked for. */
    private String call(String table, MediaClaim.Held file) {
        return QuarkusTransaction.requiringNew().call(() -> (String) entityManager
                .createNativeQuery("SELECT call_id FROM " + table + " WHERE id = :id", String.class)
                .setParameter("id", file.subjectId()).getSingleResult());
    }
}
