package org.openphoneimport.media;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.document.RecordingDocument;
import org.openphoneimport.document.VoicemailDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.DirectoryApi;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.WholeWorkspace;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Asks OpenPhone where a file is now: URLs may expire. */
@ApplicationScoped
class FreshUrls {

    private final EntityManager entityManager;
    private final OpenPhone openPhone;
    private final WholeWorkspace workspace;
    private final DirectoryApi directory;

    FreshUrls(EntityManager entityManager, OpenPhone openPhone, WholeWorkspace workspace, DirectoryApi directory) {
        this.directory = directory;
        this.entityManager = entityManager;
        this.openPhone = openPhone;
        this.workspace = workspace;
    }

    /** The URL of a file; empty when OpenPhone has none by now. */
    Optional<String> find(MediaClaim.Held file, Caller caller) {
        return switch (file.subject()) {
            case "message" -> message(file.subjectId(), caller).stream().flatMap(message -> message.media().stream())
                    .skip(file.position()).findFirst().map(MessageDocument.Media::url);
            case "recording" -> recordings(call("call_recordings", file), caller).stream()
                    .filter(recording -> recording.id().equals(file.subjectId())).findFirst().map(RecordingDocument::url);
            case "voicemail" -> voicemail(call("call_voicemails", file), caller).map(VoicemailDocument::recordingUrl);
            case "note" -> directory.attachment(caller, contact(file), file.subjectId(), file.position());
            default -> throw new IllegalStateException("There are no files of a " + file.subject());
        };
    }

    private Optional<MessageDocument> message(String id, Caller caller) {
        return isDated(id) ? workspace.message(caller, id) : Optional.of(openPhone.message(caller, id));
    }

    private boolean isDated(String message) {
        return QuarkusTransaction.requiringNew().call(() -> (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM messages JOIN import_runs AS run ON run.id = last_run_id
                    WHERE messages.id = :id AND run.api = :dated)
                """).setParameter("id", message).setParameter("dated", Generation.DATED.text()).getSingleResult());
    }

    private String contact(MediaClaim.Held file) {
        return QuarkusTransaction.requiringNew().call(() -> (String) entityManager
                .createNativeQuery("SELECT contact_id FROM contact_notes WHERE id = :id", String.class)
                .setParameter("id", file.subjectId()).getSingleResult());
    }

    private List<RecordingDocument> recordings(Call call, Caller caller) {
        return call.dated() ? workspace.recordings(caller, call.id()) : openPhone.recordings(caller, call.id());
    }

    private Optional<VoicemailDocument> voicemail(Call call, Caller caller) {
        return call.dated() ? workspace.call(caller, call.id()).flatMap(CallDocument::voicemail)
                : openPhone.voicemail(caller, call.id());
    }

    @RegisterForReflection
    private record Row(String callId, @Nullable String api) {
    }

    /** @param dated whether the API of 2026-03-30 brought it: v1 refuses calls of groups */
    private record Call(String id, boolean dated) {
    }

    /** The call that it belongs to, which is what OpenPhone is asked for. */
    private Call call(String table, MediaClaim.Held file) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var row = (Row) entityManager.createNativeQuery("""
                    SELECT part.call_id, run.api FROM %s AS part LEFT JOIN import_runs AS run ON run.id = part.last_run_id
                    WHERE part.id = :id AND part.position = :position
                    """.formatted(table), Row.class).setParameter("id", file.subjectId())
                    .setParameter("position", file.position()).getSingleResult();
            return new Call(row.callId(), Generation.DATED.text().equals(row.api()));
        });
    }
}
