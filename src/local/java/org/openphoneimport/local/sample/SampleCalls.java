package org.openphoneimport.local.sample;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.document.SampleSummary;
import org.openphoneimport.local.sample.document.SampleTranscript;
import org.openphoneimport.local.sample.document.SampleVoicemail;

/**
 * The calls and what hangs on them. A part that is not here is answered with 404 (recordings: an empty list); one that is
 * here may still have the status absent or in-progress. May be changed while the server runs.
 */
public final class SampleCalls {

    private final Map<String, SampleCall> calls = new ConcurrentHashMap<>();
    private final Map<Parties, Timeline<SampleCall>> callPages = new ConcurrentHashMap<>();
    private final Timeline<SampleCall> allPages = pages();
    private final Map<String, List<SampleRecording>> recordings = new ConcurrentHashMap<>();
    private final Map<String, SampleVoicemail> voicemails = new ConcurrentHashMap<>();
    private final Map<String, SampleTranscript> transcripts = new ConcurrentHashMap<>();
    private final Map<String, SampleSummary> summaries = new ConcurrentHashMap<>();

    SampleCalls() {
    }

    /** Returns the ids of the calls that v1 can return: those between two. */
    public Set<String> ids() {
        return calls().stream().map(SampleCall::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the calls that v1 can return, in no order. */
    public List<SampleCall> calls() {
        return calls.values().stream().filter(call -> !call.group()).toList();
    }

    /** Returns the calls that exist and that v1 can not return, in no order. */
    public List<SampleCall> groupCalls() {
        return calls.values().stream().filter(SampleCall::group).toList();
    }

    /** Returns the call with that id, group calls included. */
    public Optional<SampleCall> call(String id) {
        return Optional.ofNullable(calls.get(id));
    }

    /** Returns a call's recordings, oldest first. */
    public List<SampleRecording> recordings(String callId) {
        return recordings.getOrDefault(callId, List.of());
    }

    /** Returns all recordings by call, in the order of ids: tests pick by place. */
    public Map<String, List<SampleRecording>> recordings() {
        return Collections.unmodifiableMap(new TreeMap<>(recordings));
    }

    /** Returns all voicemails by call, likewise. */
    public Map<String, SampleVoicemail> voicemails() {
        return Collections.unmodifiableMap(new TreeMap<>(voicemails));
    }

    /** Returns all transcripts by call, those with status absent included. */
    public Map<String, SampleTranscript> transcripts() {
        return Collections.unmodifiableMap(new TreeMap<>(transcripts));
    }

    /** Returns all summaries by call, those with status absent included. */
    public Map<String, SampleSummary> summaries() {
        return Collections.unmodifiableMap(new TreeMap<>(summaries));
    }

    Optional<SampleVoicemail> voicemail(String callId) {
        return Optional.ofNullable(voicemails.get(callId));
    }

    Optional<SampleTranscript> transcript(String callId) {
        return Optional.ofNullable(transcripts.get(callId));
    }

    Optional<SampleSummary> summary(String callId) {
        return Optional.ofNullable(summaries.get(callId));
    }

    /** Adds a call, or replaces the one with its id; it is listed under whom of the parties is not {@code own}. */
    void put(SampleCall call, String own) {
        calls.put(call.id(), call);
        allPages.put(call);
        if (!call.group()) {
            var others = call.participants().stream().filter(party -> !party.equals(own)).toList();
            callPages.computeIfAbsent(new Parties(call.phoneNumberId(), others), parties -> pages()).put(call);
        }
    }

    /** Sets a call's recordings, oldest first. */
    public void putRecordings(String callId, Collection<SampleRecording> segments) {
        recordings.put(callId, List.copyOf(segments));
    }

    /** Sets a call's voicemail. */
    public void put(String callId, SampleVoicemail voicemail) {
        voicemails.put(callId, voicemail);
    }

    /** Sets the transcript of its call. */
    public void put(SampleTranscript transcript) {
        transcripts.put(transcript.callId(), transcript);
    }

    /** Sets the summary of its call. */
    public void put(SampleSummary summary) {
        summaries.put(summary.callId(), summary);
    }

    /** Of the whole workspace, those of groups included. */
    Timeline<SampleCall> allPages() {
        return allPages;
    }

    Timeline<SampleCall> callPages(Parties parties) {
        return callPages.getOrDefault(parties, pages());
    }

    private static Timeline<SampleCall> pages() {
        return new Timeline<>(SampleCall::id, SampleCall::createdAt);
    }
}
