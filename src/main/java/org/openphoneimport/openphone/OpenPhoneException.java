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

    /**
     * No answer of OpenPhone, or none that makes sense: network, 5xx, truncated, not JSON, a 4xx of something else. Asking
     * again later may help.
     */
    public static final class Unavailable extends OpenPhoneException {
        private static final long serialVersionUID = 1;

        /** Of the request. */
        final @Nullable String kind;

        private final boolean between;

        Unavailable(Request request, String what, @Nullable Throwable cause) {
            this(request.toString(), request.kind(), what, cause, false);
        }

        private Unavailable(String request, @Nullable String kind, String what, @Nullable Throwable cause, boolean between) {
            super(request, what, cause);
            this.kind = kind;
            this.between = between;
        }

        /** A refusal that is not OpenPhone's. */
        static Unavailable between(Request request, String what) {
            return new Unavailable(request.toString(), request.kind(), what, null, true);
        }

        /** Whether something refused that is not OpenPhone: a gateway, a proxy. What it refused has not been done. */
        public boolean isBetween() {
            return between;
        }

        /** What to wait for, in a sentence. */
        public String outage() {
            return between ? "Something between us and OpenPhone refuses" : "OpenPhone does not answer";
        }

        /** The same, when it concerns some only of what is asked for. */
        public String outageOf(String some) {
            return outage() + (between ? " " : " for ") + some;
        }
    }

    /** An answer that is well-formed and cannot be true: it is asked for again later. */
    public static Unavailable doubted(String request, String what) {
        return new Unavailable(request, null, what, null, false);
    }

    /** The same, when it is not worth while to ask again. */
    public static Rejected implausible(String request, String what) {
        return new Rejected(request, Rejected.OK, what);
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

    /** 401, or 402 for the subscription: nothing at all can be asked until a person has done something. */
    public static final class KeyRefused extends OpenPhoneException {
        private static final long serialVersionUID = 1;

        /** What was refused. */
        public enum Cause {
            /** The key. */
            KEY("Check the key in Workspace Settings, API; a new key can need half a minute to work. Set it as "
                    + "OPENPHONE_API_KEY, then resume or retry the run"),
            /** The key is another workspace's. */
            FOREIGN("Set a key of this workspace as OPENPHONE_API_KEY, then resume or retry the run"),
            /** The workspace has no subscription any more. */
            SUBSCRIPTION("The workspace's subscription has expired: renew it in OpenPhone, then resume or retry the run"),
            /** OpenPhone wants to be paid for something. */
            PAYMENT("Check the workspace's subscription and plan in OpenPhone, then resume or retry the run");

            private final String advice;

            Cause(String advice) {
                this.advice = advice;
            }
        }

        private final Cause cause;

        KeyRefused(Request request, Cause cause, String what) {
            super(request.toString(), what, null);
            this.cause = cause;
        }

        /** What was refused. */
        public Cause refused() {
            return cause;
        }

        /** What a person can do. */
        public String advice() {
            return cause.advice;
        }
    }

    /** Any other 4xx: this request will not be answered, others will. */
    public static final class Rejected extends OpenPhoneException {
        private static final long serialVersionUID = 1;

        /** The status of an answer that is well-formed, and not one to what was asked. */
        static final int OK = 200;

        /** Whether OpenPhone said that it does not give it; else it gave something that cannot be true. */
        public boolean isRefusal() {
            return status != OK;
        }

        private final int status;

        public Rejected(String request, int status, String what) {
            super(request, what, null);
            this.status = status;
        }

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
