package org.openphoneimport.openphone;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** OpenPhone did not give what it was asked for. One subclass for each thing that callers do differently. */
public abstract sealed class OpenPhoneException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String request;

    private OpenPhoneException(String request, String what, @Nullable Throwable cause) {
        super(what, cause);
        this.request = request;
    }

    /** The request that can be tried again, such as {@code GET /v1/messages?...}. */
    public final String request() {
        return request;
    }

    /** What happened, as a sentence. Made by us from what is known, so it is never null. */
    public final String what() {
        return String.valueOf(getMessage());
    }

    /** No answer, or none that makes sense: network, 5xx, truncated, not JSON. Asking again later may help. */
    public static final class Unavailable extends OpenPhoneException {
        private static final long serialVersionUID = 1;

        /** Of the request. */
        final @Nullable String kind;

        Unavailable(Request request, String what, @Nullable Throwable cause) {
            super(request.toString(), what, cause);
            kind = request.kind();
        }

        Unavailable(String request, String what) {
            super(request, what, null);
            kind = null;
        }
    }

    /** 429: everybody waits. Never seen outside of this package. */
    static final class RateLimited extends OpenPhoneException {
        private static final long serialVersionUID = 1;
        final transient @Nullable Duration retryAfter;

        RateLimited(Request request, @Nullable Duration retryAfter) {
            super(request.toString(), "OpenPhone asked to slow down (429)", null);
            this.retryAfter = retryAfter;
        }
    }

    /** 401 or 402: nothing at all can be asked until a person has done something. */
    public static final class KeyRefused extends OpenPhoneException {
        private static final long serialVersionUID = 1;

        /** What a person can do. */
        public static final String ADVICE = "Check the key in Workspace Settings, API, and the subscription; a new key can need "
                + "half a minute to work. Set it as OPENPHONE_API_KEY, then resume the run";

        KeyRefused(Request request, String what) {
            super(request.toString(), what, null);
        }
    }

    /** Any other 4xx: this request will not be answered, others will. */
    public static final class Rejected extends OpenPhoneException {
        private static final long serialVersionUID = 1;

        private final int status;

        Rejected(Request request, int status, String what) {
            super(request.toString(), what, null);
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }
}
