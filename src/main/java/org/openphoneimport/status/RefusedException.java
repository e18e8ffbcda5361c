package org.openphoneimport.status;

import org.jspecify.annotations.Nullable;

/** A request is answered with an error; the message is for its sender. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String field;

    private RefusedException(int status, String what, @Nullable String field) {
        super(what);
        this.status = status;
        this.field = field;
    }

    static RefusedException badInput(String what, @Nullable String field) {
        return new RefusedException(400, what, field);
    }

    /** 401: the caller has to sign in. */
    public static RefusedException unknownCaller(String what) {
        return new RefusedException(401, what, null);
    }

    /** 403: the caller may not do that. */
    public static RefusedException notAllowed(String what) {
        return new RefusedException(403, what, null);
    }

    /** 404: there is no such thing. */
    public static RefusedException unknown(String what) {
        return new RefusedException(404, what, null);
    }

    /** 409: something has to change first. */
    public static RefusedException notNow(String what) {
        return new RefusedException(409, what, null);
    }

    /** 503: something does not answer now. */
    public static RefusedException away(String what) {
        return new RefusedException(503, what, null);
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** What the answer says. */
    public ErrorAnswer answer() {
        return new ErrorAnswer(String.valueOf(getMessage()), field);
    }
}
