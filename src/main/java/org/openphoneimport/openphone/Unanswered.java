package org.openphoneimport.openphone;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;

/** Why no answer came, in words that people know, from what Java throws. */
final class Unanswered {

    private Unanswered() {
    }

    static String words(Throwable thrown) {
        return switch (innermost(thrown)) {
            case UnknownHostException unknown -> "the host " + unknown.getMessage() + " is not known";
            case SocketTimeoutException _,HttpTimeoutException _ -> "no answer came in time";
            case ConnectException _ -> "the connection was refused";
            case IOException broken when broken.getMessage() == null -> "the connection was closed";
            case IOException broken -> broken.getMessage();
            case Throwable other -> other.getClass().getSimpleName()
                    + (other.getMessage() == null ? "" : " (" + other.getMessage() + ")");
        };
    }

    private static Throwable innermost(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
