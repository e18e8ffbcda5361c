package org.openphoneimport.openphone;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.Objects;

/** Why no answer came, in words that people know, from what Java throws. */
final class Unanswered {

    private Unanswered() {
    }

    static String words(Throwable thrown) {
        return switch (innermost(thrown)) {
            case UnknownHostException unknown -> "the host " + unknown.getMessage() + " is not known";
            case SocketTimeoutException _,HttpTimeoutException _ -> "no answer came in time";
            case ConnectException _ -> "the connection was refused";
            case IOException broken -> Objects.requireNonNullElse(broken.getMessage(), "the connection was closed");
            case Throwable other -> other.getClass().getSimpleName()
                    + (other.getMessage() == null ? "" : " (" + other.getMessage() + ")");
        };
    }

    private static Throwable innermost(Throwable thrown) {
        var cause = thrown.getCause();
        return cause == null ? thrown : innermost(cause);
    }
}
