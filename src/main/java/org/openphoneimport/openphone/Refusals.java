package org.openphoneimport.openphone;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Tells what an answer that is no success means: a 4xx is OpenPhone's word only if it is one of its own error documents. */
final class Refusals {

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
        return status == 401 || status == 402 ? new OpenPhoneException.KeyRefused(request, what)
                : new OpenPhoneException.Rejected(request, status, what);
    }
}
