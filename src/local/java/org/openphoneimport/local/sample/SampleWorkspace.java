package org.openphoneimport.local.sample;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.document.SampleNote;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.document.SampleVoicemail;

/**
 * Everything a generated workspace holds, for a server to serve and for tests to compare with. Documents are immutable; what
 * is added or replaced is served from the next request on, whatever thread does it.
 */
public final class SampleWorkspace {

    /** Where the generated history ends. */
    public static final Instant END = Instant.parse("2026-11-01T00:00:00Z");

    private final SampleDirectory directory;
    private final SampleThreads threads = new SampleThreads();
    private final SampleCalls calls = new SampleCalls();
    private final SampleWebhooks webhooks;
    private final SamplePlan plan = new SamplePlan();
    private final SampleExtras extras = new SampleExtras();

    SampleWorkspace(SampleDirectory directory) {
        this.directory = directory;
        this.webhooks = new SampleWebhooks(directory.owner().id());
    }

    /** Generates the workspace of these settings: same conversations and seed, same workspace. */
    public static SampleWorkspace generate(SampleSettings settings) {
        return new WorkspaceGenerator(settings).generate();
    }

    /** Phone numbers, users, contacts. */
    public SampleDirectory directory() {
        return directory;
    }

    /** Conversations and messages. */
    public SampleThreads threads() {
        return threads;
    }

    /** Calls, recordings, voicemails, transcripts, summaries. */
    public SampleCalls calls() {
        return calls;
    }

    /** The webhooks made through the API. */
    public SampleWebhooks webhooks() {
        return webhooks;
    }

    /** What the plan, the subscription and settings keep from a key. */
    public SamplePlan plan() {
        return plan;
    }

    /** Tasks, notes and shares of contacts, settings. */
    public SampleExtras extras() {
        return extras;
    }

    /** Adds an empty conversation. */
    public SampleConversation addConversation(String id, String phoneNumberId, List<String> participants, Instant at) {
        var conversation = SampleConversation.between(id, phoneNumberId, participants, at);
        threads.put(conversation);
        return conversation;
    }

    /** Adds an incoming text to a conversation, which thereby moves to the front. */
    public SampleMessage addMessage(String id, String conversationId, String text, Instant at) {
        var conversation = threads.conversation(conversationId).orElseThrow();
        var message = new SampleMessage(id, List.of(own(conversation.phoneNumberId())), conversation.participants().getFirst(),
                text, conversation.phoneNumberId(), conversationId, "incoming", null, "received", at, at, List.of());
        threads.put(message);
        return message;
    }

    /** Adds a call to a conversation, which thereby moves to the front if the call is the newest activity. */
    public void addCall(SampleCall call, String conversationId) {
        calls.put(call, own(call.phoneNumberId()));
        threads.touch(conversationId, call.id(), call.createdAt());
    }

    /** Returns the URLs of all files, as the documents here have them; {@link SampleMedia} knows their bytes. */
    public Set<String> mediaUrls() {
        var attachments = threads.messages().stream().flatMap(message -> message.attachments().stream())
                .map(SampleMessage.Attachment::url);
        var recordings = calls.recordings().values().stream().flatMap(List::stream).map(SampleRecording::url);
        var voicemails = calls.voicemails().values().stream().map(SampleVoicemail::recordingUrl);
        var ofNotes = extras.notes().stream().flatMap(note -> note.media().stream()).map(SampleNote.Attachment::url);
        return Stream.of(attachments, recordings, voicemails, ofNotes).flatMap(urls -> urls).filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    private String own(String phoneNumberId) {
        return directory.numberEverKnown(phoneNumberId)
                .orElseThrow(() -> new IllegalArgumentException("There was never a number " + phoneNumberId)).number();
    }
}
