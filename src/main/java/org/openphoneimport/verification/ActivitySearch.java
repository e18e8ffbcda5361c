package org.openphoneimport.verification;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;

/**
 * Asks for a last activity that is not stored by its id, before it counts: it may be a call of several, which OpenPhone does
 * not give, or gone.
 */
@ApplicationScoped
class ActivitySearch {

    private final OpenPhone openPhone;
    private final Answers answers;

    ActivitySearch(OpenPhone openPhone, Answers answers) {
        this.openPhone = openPhone;
        this.answers = answers;
    }

    void ask(Claim claim, Caller caller, Question.Activity activity) {
        try {
            // What is asked for first answers for most: several parties that have no such message had a call.
            if (activity.group()) {
                findMessageOrCall(claim, caller, activity);
            } else if (!findMessage(claim, caller, activity)) {
                findCall(claim, caller, activity);
            }
        } catch (OpenPhoneException.Rejected e) {
            answers.unavailable(claim, activity, e.what());
        }
    }

    private void findMessageOrCall(Claim claim, Caller caller, Question.Activity activity) {
        try {
            findCall(claim, caller, activity);
        } catch (OpenPhoneException.Rejected e) {
            // 400 is the answer for a call of several; 404 that there is no such call.
            if (e.status() != 404 || !findMessage(claim, caller, activity)) {
                throw e;
            }
        }
    }

    private boolean findMessage(Claim claim, Caller caller, Question.Activity activity) {
        try {
            answers.found(claim, activity, new FoundActivity.OfMessage(openPhone.message(caller, activity.subjectId())));
            return true;
        } catch (OpenPhoneException.Rejected e) {
            return false;
        }
    }

    private void findCall(Claim claim, Caller caller, Question.Activity activity) {
        answers.found(claim, activity, new FoundActivity.OfCall(openPhone.call(caller, activity.subjectId())));
    }
}
