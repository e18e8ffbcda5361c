package org.openphoneimport.invocation;

import java.util.Map;

/** Starts functions of this application without waiting for them. */
public interface Functions {

    /**
     * Invokes a function asynchronously. That can fail without a word to the caller: keep-runs makes up for it in a minute.
     *
     * @param function its name, such as {@code keep-runs}
     * @param payload becomes its JSON event
     */
    void invokeLater(String function, Map<String, ?> payload);
}
