package org.openphoneimport.run;

/** Nothing can begin right now, since what was imported is being cleared; nothing has changed. */
public class ClearingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClearingException() {
        super("Everything that was imported is being cleared right now; try again when that has ended");
    }

    /** What a person can do. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
