package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WholeWorkspace;

/**
 * Asks for a last activity that is not stored by its id, before it counts: it may be a call of several, which OpenPhone does
 * not give, or gone.
 */
@ApplicationScoped
class ActivitySearch {

    private final OpenPhone openPhone;
    private final WholeWorkspace workspace;
    private final Answers answers;

    ActivitySearch(OpenPhone openPhone, WholeWorkspace workspace, Answers answers) {
        this.openPhone = openPhone;
        this.workspace = workspace;
        this.answers = answers;
    }

    void ask(VerificationClaim claim, Caller caller, Question.Activity activity) {
        if (claim.generation() == Generation.DATED && findDated(claim, caller, activity)) {
            return;
        }
        try {
            // What is asked for first answers for most: several parties that have no such message had a call.
            if (activity.group()) {
                findMessageOrCall(claim, caller, activity);
            } else if (!findMessage(claim, caller, activity)) {
                findCall(claim, caller, activity);
            }
        } catch (OpenPhoneException.Rejected e) {
            if (e.status() == 404) {
                answers.gone(claim, activity, e.what());
            } else {
                answers.unavailable(claim, activity, e.what());
            }
        } catch (OpenPhoneException.Unavailable e) {
            // The one that read has just answered. Without v1, which may be gone, there is nothing to wait for.
            if (claim.generation() != Generation.DATED || !e.isBetween()) {
                throw e;
            }
            answers.unavailable(claim, activity, e.what());
        }
    }

    /** Whether the API of 2026-03-30 has it, calls of several included. */
    private boolean findDated(VerificationClaim claim, Caller caller, Question.Activity activity) {
        try {
            var found = workspace.message(caller, activity.subjectId()).<FoundActivity> map(FoundActivity.OfMessage::new)
                    .or(() -> workspace.call(caller, activity.subjectId()).map(FoundActivity.OfCall::new));
            found.ifPresent(one -> answers.found(claim, activity, one));
            return found.isPresent();
        } catch (OpenPhoneException.Rejected e) {
            return false;
        }
    }

    private void findMessageOrCall(VerificationClaim claim, Caller caller, Question.Activity activity) {
        try {
            findCall(claim, caller, activity);
        } catch (OpenPhoneException.Rejected e) {
            // 400 is the answer for a call of several; 404 that there is no such call.
            if (e.status() != 404 || !findMessage(claim, caller, activity)) {
                throw e;
            }
        }
    }

    private boolean findMessage(VerificationClaim claim, Caller caller, Question.Activity activity) {
        try {
            answers.found(claim, activity, new FoundActivity.OfMessage(openPhone.message(caller, activity.subjectId())));
            return true;
        } catch (OpenPhoneException.Rejected e) {
            return false;
        }
    }

    private void findCall(VerificationClaim claim, Caller caller, Question.Activity activity) {
        answers.found(claim, activity, new FoundActivity.OfCall(openPhone.call(caller, activity.subjectId())));
    }
}
