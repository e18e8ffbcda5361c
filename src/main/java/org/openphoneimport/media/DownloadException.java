package org.openphoneimport.media;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** A file could not be had. One subclass for each thing that is done differently then. */
abstract sealed class DownloadException extends IOException {

    private static final long serialVersionUID = 1;

    private DownloadException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }

    /** What happened, as a sentence. Made by us, so it is never null. */
    final String what() {
        return String.valueOf(getMessage());
    }

    /** We do not want it: where it is, or what comes. It will be no different another time. */
    static final class Refused extends DownloadException {
        private static final long serialVersionUID = 1;

        Refused(String what) {
            super(what, null);
        }
    }

    /** Its host answered that it does not give it to us: maybe it does under a new URL. */
    static final class Denied extends DownloadException {
        private static final long serialVersionUID = 1;

        Denied(int status) {
            super("Its host answered " + status, null);
        }
    }

    /** Another time may be better. */
    static final class Failed extends DownloadException {
        private static final long serialVersionUID = 1;

        Failed(String what) {
            super(what, null);
        }

        Failed(String what, Throwable cause) {
            super(what, cause);
        }
    }
}
