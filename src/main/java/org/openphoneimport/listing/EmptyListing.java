package org.openphoneimport.listing;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.openphone.WholeWorkspace;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * A list without any conversation proves little: it is not believed where conversations are stored, nor where the other
 * generation of the API has some. Where neither speaks against it, it is a new workspace, and the run says so.
 */
@ApplicationScoped
class EmptyListing {

    private final OpenPhone openPhone;
    private final WholeWorkspace workspace;
    private final IssueLog issues;

    EmptyListing(OpenPhone openPhone, WholeWorkspace workspace, IssueLog issues) {
        this.openPhone = openPhone;
        this.workspace = workspace;
        this.issues = issues;
    }

    /** Returns why it cannot be; null when it can. */
    @Nullable
    String doubt(ListingClaim claim, Caller caller) {
        long stored = QuarkusTransaction.requiringNew().call(() -> Conversation.countPresent());
        if (stored > 0) {
            return "OpenPhone lists no conversations, though %d are stored".formatted(stored);
        }
        if (otherHasSome(claim.generation(), caller)) {
            return "OpenPhone lists no conversations through one generation of its API, and some through the other";
        }
        QuarkusTransaction.requiringNew().run(() -> issues.add(claim.run(), List.of(Issue.warning("listing", "list",
                "conversations", "OpenPhone lists no conversations. If there should be some, the key may be that of another "
                        + "workspace",
                null))));
        return null;
    }

    private boolean otherHasSome(Generation asked, Caller caller) {
        try {
            return !(asked == Generation.DATED ? openPhone.conversations(caller, null, null)
                    : workspace.conversations(caller, new TimeSlice(null, null), WholeWorkspace.Order.NEWEST_FIRST, null))
                    .items().isEmpty();
        } catch (OpenPhoneException.Rejected | OpenPhoneException.KeyRefused e) {
            // It has nothing to say.
            return false;
        }
    }
}
