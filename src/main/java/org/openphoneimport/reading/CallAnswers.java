package org.openphoneimport.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.openphoneimport.call.PartKind;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.call.Recording;
import org.openphoneimport.call.Summary;
import org.openphoneimport.call.Transcript;
import org.openphoneimport.call.Voicemail;
import org.openphoneimport.run.Issue;

/** A call while OpenPhone is being asked about it, and what has been answered. */
final class CallAnswers {

    private final OpenCall call;
    private final List<CallChunk.Answer> answers = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();
    private List<Recording.Received> recordings = List.of();
    private Optional<Voicemail.Received> voicemail = Optional.empty();
    private Optional<Transcript.Received> transcript = Optional.empty();
    private Optional<Summary.Received> summary = Optional.empty();

    CallAnswers(OpenCall call) {
        this.call = call;
    }

    OpenCall call() {
        return call;
    }

    void add(List<Recording.Received> received) {
        recordings = received;
        boolean underWay = received.stream().anyMatch(each -> each.document().isUnderWay());
        answer(PartKind.RECORDINGS, !received.isEmpty(), underWay,
                received.stream().flatMap(each -> each.document().oddities().stream()).toList());
    }

    void addVoicemail(Optional<Voicemail.Received> received) {
        voicemail = received;
        answer(PartKind.VOICEMAIL, received.isPresent(), received.filter(each -> each.document().isUnderWay()).isPresent(),
                received.map(each -> each.document().oddities()).orElse(List.of()));
    }

    void addTranscript(Optional<Transcript.Received> received) {
        transcript = received;
        answer(PartKind.TRANSCRIPT, received.isPresent(), received.filter(each -> each.document().isUnderWay()).isPresent(),
                received.map(each -> each.document().oddities()).orElse(List.of()));
    }

    void addSummary(Optional<Summary.Received> received) {
        summary = received;
        answer(PartKind.SUMMARY, received.isPresent(), received.filter(each -> each.document().isUnderWay()).isPresent(),
                received.map(each -> each.document().oddities()).orElse(List.of()));
    }

    /** Ends a kind for which there is no document. */
    void end(PartKind kind, PartStatus status, List<Issue> why) {
        answers.add(new CallChunk.Answer(kind, status));
        issues.addAll(why);
    }

    /** What has been answered; empty when nothing has. */
    Optional<Chunk> chunkSoFar() {
        return answers.isEmpty() ? Optional.empty() : Optional.of(chunk());
    }

    /** What has been answered. */
    CallChunk chunk() {
        return new CallChunk(call.id(), List.copyOf(answers), recordings, voicemail, transcript, summary, List.copyOf(issues));
    }

    private void answer(PartKind kind, boolean found, boolean underWay, List<String> oddities) {
        var status = underWay ? PartStatus.WAITING : found ? PartStatus.STORED : PartStatus.NONE;
        end(kind, status, oddities.isEmpty() ? List.of()
                : List.of(Issue.warning(kind.text(), "call", call.id(), String.join("; ", oddities), null)));
    }
}
