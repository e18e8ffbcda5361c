package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.directory.E164;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.ContactDocument;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.document.CustomFieldDocument;
import org.openphoneimport.document.Fields;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.document.RecordingDocument;
import org.openphoneimport.document.SummaryDocument;
import org.openphoneimport.document.TranscriptDocument;
import org.openphoneimport.document.UserDocument;
import org.openphoneimport.document.VoicemailDocument;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the import asks OpenPhone for. Each method is one request, sent in a slot of the rate limiter; each throws an
 * {@link OpenPhoneException} when there is no answer to go on with, or a {@link NotNowException} when nothing was sent.
 */
@ApplicationScoped
public class OpenPhone {

    /** The largest page of conversations, messages and calls. */
    public static final int PAGE_SIZE = 100;

    // Contacts refuse more; users do as well by the document.
    private static final int DIRECTORY_PAGE_SIZE = 50;

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Requests requests;
    private final LastAnswered answered;

    OpenPhone(Requests requests, LastAnswered answered) {
        this.requests = requests;
        this.answered = answered;
    }

    /** All numbers of the workspace; not repeated on failure. */
    public Page<PhoneNumberDocument> phoneNumbers(Caller caller) {
        return Page.read(Requests.NUMBERS, requests.numbers(caller, requests::sendOnce), PhoneNumberDocument::read);
    }

    /** The same for a person who waits. Needs no parameters and so is the cheapest way to try a key. */
    public Page<PhoneNumberDocument> phoneNumbersPromptly(Caller caller) {
        return Page.read(Requests.NUMBERS, requests.numbers(caller, requests::sendPromptly), PhoneNumberDocument::read);
    }

    /** Whether OpenPhone answers something simple. */
    public boolean isThere(Caller caller) {
        return outage(caller).isEmpty();
    }

    /** Why OpenPhone answers nothing at all, in a sentence; empty when it does. */
    public Optional<String> outage(Caller caller) {
        var unanswered = requests.unanswered(caller, LastAnswered.SIMPLE);
        // A route that is gone is answered with a bare page, by something that is not OpenPhone.
        return unanswered.filter(OpenPhoneException.Unavailable::isBetween).isPresent()
                ? requests.unanswered(caller, Requests.ORGANIZATION).map(OpenPhoneException.Unavailable::outage)
                : unanswered.map(OpenPhoneException.Unavailable::outage);
    }

    /**
     * What OpenPhone answers while it does not answer this: that counts against what it was asked for only if it is not away.
     */
    public Answering answering(Caller caller, OpenPhoneException.Unavailable unanswered) {
        var other = answered.like(unanswered);
        if (other.equals(LastAnswered.SIMPLE)) {
            return isThere(caller) ? Answering.SOMETHING : Answering.NOTHING;
        }
        return requests.unanswered(caller, other).isPresent() ? Answering.NOTHING : Answering.OTHERS;
    }

    /** A page of the workspace's users. */
    public Page<UserDocument> users(Caller caller, @Nullable String token) {
        var request = Request.list("users").page(DIRECTORY_PAGE_SIZE, token);
        return Page.read(request, requests.send(caller, request), UserDocument::read);
    }

    /** A page of the address book. */
    public Page<ContactDocument> contacts(Caller caller, @Nullable String token) {
        var request = Request.list("contacts").page(DIRECTORY_PAGE_SIZE, token);
        return Page.read(request, requests.send(caller, request), ContactDocument::read);
    }

    /** The fields that the workspace added to contacts; one page holds all. */
    public Page<CustomFieldDocument> customFields(Caller caller) {
        var request = Request.list("contact-custom-fields");
        return Page.read(request, requests.send(caller, request), CustomFieldDocument::read);
    }

    /** A page of all conversations, the most recent first; or of those updated after some time. */
    public Page<ConversationDocument> conversations(Caller caller, @Nullable Instant updatedAfter, @Nullable String token) {
        var request = Request.list("conversations").with("updatedAfter", updatedAfter).page(PAGE_SIZE, token);
        return Page.read(request, requests.send(caller, request), ConversationDocument::read);
    }

    /**
     * A page of a thread's messages, newest first. Here {@code userId} is the user a message was sent from, and all that others
     * sent or that came in would be left out: a member is named only where OpenPhone refuses the key's owner.
     */
    public Page<MessageDocument> messages(Caller caller, ThreadQuery thread, @Nullable String token) {
        if (!thread.hasNumbersOnly()) {
            throw new OpenPhoneException.Rejected(thread.request("messages").page(PAGE_SIZE, token), BAD_REQUEST,
                    "v1 of the API gives no messages with short codes or hidden callers");
        }
        try {
            return messages(caller, thread.request("messages").page(PAGE_SIZE, token));
        } catch (OpenPhoneException.Rejected e) {
            if (e.status() != FORBIDDEN || thread.askAs() == null) {
                throw e;
            }
            return messages(caller, thread.request("messages").with("userId", thread.askAs()).page(PAGE_SIZE, token))
                    .askedAs(thread.askAs());
        }
    }

    private Page<MessageDocument> messages(Caller caller, Request request) {
        return Page.read(request, requests.send(caller, request), MessageDocument::read);
    }

    /** A page of a thread's calls, newest first. OpenPhone refuses threads of more than one other party. */
    public Page<CallDocument> calls(Caller caller, ThreadQuery thread, @Nullable String token) {
        var request = thread.request("calls").with("userId", thread.askAs()).page(PAGE_SIZE, token);
        return Page.read(request, requests.send(caller, request), CallDocument::read);
    }

    /** A call's recordings, oldest segment first; none when there are none. */
    public List<RecordingDocument> recordings(Caller caller, String callId) {
        var request = Request.get("call-recordings", callId);
        return part(caller, request).map(answer -> Page.read(request, answer, RecordingDocument::read).items())
                .orElse(List.of());
    }

    /** A call's voicemail, if there is one. */
    public Optional<VoicemailDocument> voicemail(Caller caller, String callId) {
        var request = Request.get("call-voicemails", callId);
        return part(caller, request).map(answer -> VoicemailDocument.read(data(request, answer), callId))
                .filter(voicemail -> !voicemail.isAbsent());
    }

    /** A call's transcript, if there is one. */
    public Optional<TranscriptDocument> transcript(Caller caller, String callId) {
        var request = Request.get("call-transcripts", callId);
        return part(caller, request)
                .map(answer -> TranscriptDocument.read(asked("callId", callId, request, data(request, answer))))
                .filter(transcript -> !transcript.isAbsent());
    }

    /** A call's summary, if there is one. */
    public Optional<SummaryDocument> summary(Caller caller, String callId) {
        var request = Request.get("call-summaries", callId);
        return part(caller, request)
                .map(answer -> SummaryDocument.read(asked("callId", callId, request, data(request, answer))))
                .filter(summary -> !summary.isAbsent());
    }

    /** 404 is how v1 says that a call has no such part; null data means the same. */
    private Optional<JsonNode> part(Caller caller, Request request) {
        try {
            return Optional.of(requests.send(caller, request)).filter(answer -> !answer.path("data").isNull());
        } catch (OpenPhoneException.Rejected e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** One message. */
    public MessageDocument message(Caller caller, String id) {
        var request = Request.get("messages", id);
        return MessageDocument.read(asked("id", id, request, data(request, requests.send(caller, request))));
    }

    /** One call. OpenPhone refuses those of more than two parties. */
    public CallDocument call(Caller caller, String id) {
        var request = Request.get("calls", id);
        return CallDocument.read(asked("id", id, request, data(request, requests.send(caller, request))));
    }

    /** The one document that an answer brings. */
    static Fields data(Request request, JsonNode answer) {
        if (!answer.path("data").isObject()) {
            throw new OpenPhoneException.Unavailable(request, "OpenPhone answered " + request + " without a document", null);
        }
        return new Fields(answer.path("data"));
    }

    /** The same document, if it is the one that was asked for. One that does not say may be. */
    static Fields asked(String name, String id, Request request, Fields document) {
        var answered = document.document().path(name);
        if (answered.isTextual() && !answered.textValue().equals(id)) {
            throw new OpenPhoneException.Unavailable(request,
                    "OpenPhone answered " + request + " with another document: " + answered.textValue(), null);
        }
        return document;
    }

    /**
     * What v1 can be asked for: one of the workspace's numbers and its other parties.
     *
     * @param askAs a user who may read the number, or null for the key's owner
     * @param after only what was created after this, or null
     * @param before only what was created before this, or null
     */
    public record ThreadQuery(String phoneNumberId, List<String> participants, @Nullable String askAs, @Nullable Instant after,
            @Nullable Instant before) {

        private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");

        Request request(String resource) {
            return Request.list(resource)
                    .with("phoneNumberId", phoneNumberId)
                    .with("participants", participants)
                    .created(after, before);
        }

        /** Whether messages can be asked for: anything else than E.164 is refused. */
        boolean hasNumbersOnly() {
            return participants.stream().allMatch(party -> E164.matcher(party).matches());
        }

        /** Whether there can be calls that v1 lists. */
        public boolean isOneToOne() {
            return participants.size() == 1;
        }
    }
}
