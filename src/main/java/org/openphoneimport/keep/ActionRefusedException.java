package org.openphoneimport.keep;

/** An action is not allowed now; nothing has changed. The message says why. */
public class ActionRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean unknownRun;

    ActionRefusedException(String what, boolean unknownRun) {
        super(what);
        this.unknownRun = unknownRun;
    }

    /** Whether there is no such run at all. */
    public boolean isUnknownRun() {
        return unknownRun;
    }
}
