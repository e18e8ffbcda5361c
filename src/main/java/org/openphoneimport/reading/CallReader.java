package org.openphoneimport.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.PartKind;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.call.Recording;
import org.openphoneimport.call.Summary;
import org.openphoneimport.call.Transcript;
import org.openphoneimport.call.Voicemail;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.run.Issue;

/** Asks OpenPhone for what belongs to a call: its recordings, transcript, summary, voicemail. */
@ApplicationScoped
class CallReader {

    private final OpenPhone openPhone;
    private final WholeWorkspace workspace;

    CallReader(OpenPhone openPhone, WholeWorkspace workspace) {
        this.openPhone = openPhone;
        this.workspace = workspace;
    }

    /** Asks for all its kinds; a kind that is not answered does not hold up the others. */
    Optional<Unanswered> read(Caller caller, OpenCall call, Consumer<Chunk> store) {
        var reading = new CallAnswers(call);
        var document = new DatedDocument(caller, call.id());
        var unanswered = new ArrayList<PartKind>();
        OpenPhoneException.@Nullable Unavailable reason = null;
        boolean askedForAll = true;
        try {
            for (var kind : call.kinds()) {
                try {
                    ask(caller, kind, reading, document);
                } catch (OpenPhoneException.Unavailable e) {
                    unanswered.add(kind);
                    reason = e;
                } catch (OpenPhoneException.Rejected e) {
                    reject(kind, e, reading);
                }
            }
        } catch (NotNowException | OpenPhoneException.KeyRefused e) {
            if (reason == null || !(e instanceof NotNowException.OutOfTime)) {
                reading.chunkSoFar().ifPresent(store);
                throw e;
            }
            askedForAll = false;
        }
        reading.chunkSoFar().ifPresent(store);
        return reason == null ? Optional.empty()
                : Optional.of(new Unanswered(call, CallChunk.failed(call.id(), unanswered,
                        Issue.error("calls", "call", call.id(), reason.what(), reason.request())), reason,
                        askedForAll));
    }

    private void ask(Caller caller, PartKind kind, CallAnswers reading, DatedDocument document) {
        var call = reading.call().id();
        boolean dated = reading.call().generation() == Generation.DATED;
        switch (kind) {
            case RECORDINGS -> reading.add(
                    (dated ? workspace.recordings(caller, call) : openPhone.recordings(caller, call)).stream()
                            .map(recording -> new Recording.Received(call, recording)).toList());
            case VOICEMAIL -> reading.addVoicemail(
                    (dated ? document.get().flatMap(CallDocument::voicemail) : openPhone.voicemail(caller, call))
                            .map(voicemail -> new Voicemail.Received(call, voicemail)));
            case TRANSCRIPT -> reading.addTranscript(
                    (dated ? workspace.transcript(caller, call, reading.call().begun()) : openPhone.transcript(caller, call))
                            .map(transcript -> new Transcript.Received(call, transcript)));
            case SUMMARY -> reading.addSummary(
                    (dated ? document.get().flatMap(CallDocument::summary) : openPhone.summary(caller, call))
                            .map(summary -> new Summary.Received(call, summary)));
        }
    }

    /**
     * A number's calls may be its members' alone, transcripts and summaries belong to some plans only, and a call may have too
     * many parties. Once for a number: whether it stands for more than this call shows when others have been asked.
     */
    private static void reject(PartKind kind, OpenPhoneException.Rejected e, CallAnswers reading) {
        if (e.isRefusal()) {
            var number = reading.call().number();
            reading.end(kind, PartStatus.REFUSED, List.of(Issue.warning(kind.text(), number == null ? "call" : "phone number",
                    number == null ? reading.call().id() : number,
                    "OpenPhone refuses %s of calls on this number, such as %s. %s".formatted(kind.many(), reading.call().id(),
                            e.what()),
                    e.request())));
        } else {
            reading.end(kind, PartStatus.FAILED,
                    List.of(Issue.error(kind.text(), "call", reading.call().id(), e.what(), e.request())));
        }
    }

    /** The call itself, which the API of 2026-03-30 gives with both its summary and its voicemail: asked for once. */
    private final class DatedDocument {

        private final Caller caller;
        private final String call;
        private boolean asked;
        private Optional<CallDocument> document = Optional.empty();

        DatedDocument(Caller caller, String call) {
            this.caller = caller;
            this.call = call;
        }

        Optional<CallDocument> get() {
            if (!asked) {
                document = workspace.call(caller, call);
                asked = true;
            }
            return document;
        }
    }
}
