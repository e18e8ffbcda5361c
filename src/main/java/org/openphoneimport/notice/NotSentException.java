package org.openphoneimport.notice;

/** A notice was not taken, and is tried again later. Its message is shown, so it has nothing that is secret. */
class NotSentException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param what happened, a sentence without a full stop */
    NotSentException(String what) {
        super(what);
    }
}
