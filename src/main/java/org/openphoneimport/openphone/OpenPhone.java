package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/**
 * What the import asks OpenPhone for. Each method is one request, sent in a slot of the rate limiter; each throws an
 * {@link OpenPhoneException} when there is no answer to go on with, or a {@link NotNowException} when nothing was sent.
 */
@ApplicationScoped
public class OpenPhone {

    /** The largest page of conversations, messages and calls. */
    public static final int PAGE_SIZE = 100;

    private final Requests requests;

    OpenPhone(Requests requests) {
        this.requests = requests;
    }

    /** All numbers of the workspace. Needs no parameters and so is the cheapest way to try a key; not repeated on failure. */
    public Page<PhoneNumberDocument> phoneNumbers(Caller caller) {
        var request = Request.list("phone-numbers");
        return Page.read(request, requests.sendOnce(caller, request), PhoneNumberDocument::read);
    }

    /** A page of all conversations, the most recent first; or of those updated after some time. */
    public Page<ConversationDocument> conversations(Caller caller, @Nullable Instant updatedAfter, @Nullable String token) {
        var request = Request.list("conversations").with("updatedAfter", updatedAfter).page(PAGE_SIZE, token);
        return Page.read(request, requests.send(caller, request), ConversationDocument::read);
    }

    /** A page of a thread's messages, newest first. */
    public Page<MessageDocument> messages(Caller caller, ThreadQuery thread, @Nullable String token) {
        var request = thread.request("messages").page(PAGE_SIZE, token);
        return Page.read(request, requests.send(caller, request), MessageDocument::read);
    }

    /** A page of a thread's calls, newest first. OpenPhone refuses threads of more than one other party. */
    public Page<CallDocument> calls(Caller caller, ThreadQuery thread, @Nullable String token) {
        var request = thread.request("calls").page(PAGE_SIZE, token);
        return Page.read(request, requests.send(caller, request), CallDocument::read);
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

        Request request(String resource) {
            return Request.list(resource)
                    .with("phoneNumberId", phoneNumberId)
                    .with("participants", participants)
                    .with("userId", askAs)
                    .created(after, before);
        }

        /** Whether there can be calls that v1 lists. */
        public boolean isOneToOne() {
            return participants.size() == 1;
        }
    }
}
