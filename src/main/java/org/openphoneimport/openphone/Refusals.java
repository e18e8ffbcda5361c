package org.openphoneimport.openphone;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.OpenPhoneException.KeyRefused.Cause;

/** Tells what an answer that is no success means: a 4xx is OpenPhone's word only if it is one of its own error documents. */
final class Refusals {

    static final int PAYMENT = 402;

    private static final String EXPIRED = "0201402";
    private static final String TASKS_LIMIT = "0600402";

    private Refusals() {
    }

    /**
     * Returns what to throw.
     *
     * @param what happened, as a sentence
     * @param contentType of the answer
     * @param error empty when the answer is none of OpenPhone's documents
     */
    static OpenPhoneException of(Request request, int status, String what, @Nullable String contentType,
            Optional<ErrorDocument> error) {
        if (status < 400 || status >= 500 || status == 408) {
            return new OpenPhoneException.Unavailable(request, what, null);
        }
        if (error.isEmpty()) {
            return OpenPhoneException.Unavailable.between(request,
                    "Something between us and OpenPhone refuses %s: it answered %d with %s, which is none of OpenPhone's errors"
                            .formatted(request, status, contentType == null ? "nothing" : contentType.split(";", 2)[0]));
        }
        return switch (status) {
            case 401 -> new OpenPhoneException.KeyRefused(request, Cause.KEY, what);
            case PAYMENT -> ofPayment(request, what, error.get());
            default -> new OpenPhoneException.Rejected(request, status, what);
        };
    }

    /** By the code; where there is none, by what it is about. */
    private static OpenPhoneException ofPayment(Request request, String what, ErrorDocument error) {
        if (EXPIRED.equals(error.code())) {
            return new OpenPhoneException.KeyRefused(request, Cause.SUBSCRIPTION, what);
        }
        var about = (error.title() + " " + error.message()).toLowerCase(Locale.ROOT);
        if (TASKS_LIMIT.equals(error.code()) || about.contains("tasks limit")) {
            return new OpenPhoneException.Rejected(request, PAYMENT, what);
        }
        return new OpenPhoneException.KeyRefused(request,
                about.contains("subscription") ? Cause.SUBSCRIPTION : Cause.PAYMENT, what);
    }
}
