package org.openphoneimport.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntBiFunction;

import org.openphoneimport.call.PartKind;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.call.Recording;
import org.openphoneimport.call.Summary;
import org.openphoneimport.call.Transcript;
import org.openphoneimport.call.Voicemail;
import org.openphoneimport.media.Media;
import org.openphoneimport.run.Issue;

/**
 * What OpenPhone answered about a call.
 *
 * @param answers what became of each kind that was asked for
 */
record CallChunk(String call, List<Answer> answers, List<Recording.Received> recordings, Optional<Voicemail.Received> voicemail,
        Optional<Transcript.Received> transcript, Optional<Summary.Received> summary,
        List<Issue> issues) implements Chunk {

    /** What became of one kind. */
    record Answer(PartKind kind, PartStatus status) {
    }

    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public CallChunk failed(String what) {
        return failed(call, answers.stream().map(Answer::kind).toList(), Issue.error("calls", "call", call, what, null));
    }

    static CallChunk failed(String call, List<PartKind> kinds, Issue issue) {
        return new CallChunk(call, kinds.stream().map(kind -> new Answer(kind, PartStatus.FAILED)).toList(), List.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(issue));
    }

    /** The files that its recordings and its voicemail point to. */
    @Override
    public List<Media.Found> media() {
        return media((call, id) -> 0, (call, id) -> 0);
    }

    /** The same, each where it is among those that go by its id. */
    List<Media.Found> media(ToIntBiFunction<String, String> ofRecordings, ToIntBiFunction<String, String> ofVoicemails) {
        var found = new ArrayList<Media.Found>();
        for (var received : recordings) {
            var url = received.document().url();
            if (url != null) {
                found.add(new Media.Found("recording", received.document().id(),
                        ofRecordings.applyAsInt(call, received.document().id()), url, received.document().type()));
            }
        }
        voicemail.map(Voicemail.Received::document).ifPresent(document -> {
            if (document.recordingUrl() != null) {
                found.add(new Media.Found("voicemail", document.id(), ofVoicemails.applyAsInt(call, document.id()),
                        document.recordingUrl(), null));
            }
        });
        return found;
    }
}
