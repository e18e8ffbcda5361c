package org.openphoneimport.prospect;

import java.util.List;

/**
 * Which of the workspace's numbers record their calls unasked. It is the state of now: nothing tells that of earlier.
 *
 * @param on how many do
 * @param off those that do not
 * @param unknown how many were not asked for, or did not say
 */
public record AutomaticRecording(int on, List<String> off, int unknown) {

    /** Keeps them as they are. */
    public AutomaticRecording {
        off = List.copyOf(off);
    }
}
