package org.openphoneimport.openphone;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.ConversationDocument;

/** The list of conversations, which both generations of the API have. Throws what {@link OpenPhone} does. */
@ApplicationScoped
public class ConversationLists {

    private static final TimeSlice EVERYTHING = new TimeSlice(null, null);

    private final OpenPhone openPhone;
    private final WholeWorkspace workspace;

    ConversationLists(OpenPhone openPhone, WholeWorkspace workspace) {
        this.openPhone = openPhone;
        this.workspace = workspace;
    }

    /** A page of all conversations; the token is that of the page before, null for the first. */
    public Page<ConversationDocument> all(Generation generation, Caller caller, @Nullable String token) {
        return switch (generation) {
            case V1 -> openPhone.conversations(caller, null, token);
            case DATED -> workspace.conversations(caller, EVERYTHING, WholeWorkspace.Order.NEWEST_FIRST, token);
        };
    }

    /** A page of those that were updated at a time or after. */
    public Page<ConversationDocument> updatedSince(Generation generation, Caller caller, Instant since,
            @Nullable String token) {
        return switch (generation) {
            case V1 -> openPhone.conversations(caller, since, token);
            case DATED -> workspace.conversationsUpdatedSince(caller, since, token);
        };
    }
}
