package org.openphoneimport.verification;

/** The store of files does not say what it has: whether a file is missing cannot be known. */
final class StoreAwayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StoreAwayException(String file, Throwable cause) {
        super("The store could not be asked for file %s: %s".formatted(file, cause.getMessage()), cause);
    }

    /** What happened, as a sentence. Made by us, so it is never null. */
    String what() {
        return String.valueOf(getMessage());
    }
}
