package org.openphoneimport.invocation;

import java.util.UUID;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** What each line of a log in JSON tells beside its sentence, so that the lines of a run or an invocation can be found. */
public final class LogContext {

    private static final String REQUEST_ID = "requestId";
    private static final String FUNCTION = "function";
    private static final String RUN_ID = "runId";

    private LogContext() {
    }

    static void invocation(@Nullable String requestId, @Nullable String function) {
        MDC.put(REQUEST_ID, String.valueOf(requestId));
        MDC.put(FUNCTION, String.valueOf(function));
    }

    /** What follows in this invocation is about a run. */
    public static void run(UUID id) {
        MDC.put(RUN_ID, id.toString());
    }

    static void clear() {
        MDC.remove(REQUEST_ID);
        MDC.remove(FUNCTION);
        MDC.remove(RUN_ID);
    }
}
