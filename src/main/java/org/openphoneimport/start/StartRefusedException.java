package org.openphoneimport.start;

import org.jspecify.annotations.Nullable;

/** No run was started; the message says why and what to do, the field which part of the payload is wrong. */
public class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final @Nullable String field;

    StartRefusedException(String what, @Nullable String field) {
        this(what, field, null);
    }

    StartRefusedException(String what, @Nullable String field, @Nullable Throwable cause) {
        super(what, cause);
        this.field = field;
    }

    /** The field of the payload that is wrong; null when it is not the payload. */
    public @Nullable String field() {
        return field;
    }
}
