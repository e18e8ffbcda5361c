package org.openphoneimport.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.openphoneimport.call.CallPart;
import org.openphoneimport.call.Recording;
import org.openphoneimport.call.Summary;
import org.openphoneimport.call.Transcript;
import org.openphoneimport.call.Voicemail;
import org.openphoneimport.media.Media;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Progress;

/** Stores what was answered about calls, with what became of each question and the files that were found. */
@ApplicationScoped
class CallChunks {

    private final IssueLog issues;
    private final Counters counters;

    CallChunks(IssueLog issues, Counters counters) {
        this.issues = issues;
        this.counters = counters;
    }

    @Transactional
    void store(UUID run, List<CallChunk> chunks) {
        var inVain = CallPart.settle(chunks.stream().flatMap(chunk -> chunk.answers().stream()
                .map(answer -> new CallPart.Answer(chunk.call(), answer.kind().text(), answer.status().text()))).toList());
        var recordings = Recording.store(chunks.stream().flatMap(chunk -> chunk.recordings().stream()).toList(), run);
        var voicemails = Voicemail.store(chunks.stream().flatMap(chunk -> chunk.voicemail().stream()).toList(), run);
        Transcript.store(chunks.stream().flatMap(chunk -> chunk.transcript().stream()).toList(), run);
        Summary.store(chunks.stream().flatMap(chunk -> chunk.summary().stream()).toList(), run);
        CallPart.record(chunks.stream().map(CallChunk::call).distinct().toList());
        count(run, Media.note(chunks.stream()
                .flatMap(chunk -> chunk.media(recordings::position, voicemails::position).stream()).toList(), run));
        var trouble = new ArrayList<Issue>();
        chunks.forEach(chunk -> trouble.addAll(chunk.issues()));
        inVain.forEach(call -> trouble.add(Issue.warning("calls", "call", call,
                "For two days OpenPhone has not finished something of this call; the next run that reads the call asks again",
                null)));
        issues.add(run, trouble);
    }

    private void count(UUID run, int media) {
        if (media > 0) {
            counters.add(run, Progress.ofMedia(media));
        }
    }
}
