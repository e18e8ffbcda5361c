package org.openphoneimport.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one tool took.
 *
 * @param tool its name and version
 * @param what it did, in a few words
 * @param conversations that it stored
 * @param messages that it stored
 * @param calls that it stored
 * @param seconds from the start of the import to its end
 * @param verificationSeconds of them for verification; null where there is none
 * @param cpuSeconds of its processes in that time
 * @param verificationCpuSeconds of them for verification; null where there is none
 * @param startCpuSeconds of its processes before
 * @param databaseCpuSeconds of PostgreSQL meanwhile; null where the system does not tell
 * @param requests that reached the server
 * @param refused how many of them were refused with 429
 * @param requestSeconds between the first request and the last
 * @param busiestSecond requests within the busiest second
 * @param statements that reached PostgreSQL
 * @param transactions that PostgreSQL ended
 * @param allocatedBytes of the JVM; null where there is none
 */
record Result(String tool, String what, long conversations, long messages, long calls, double seconds,
        @Nullable Double verificationSeconds, double cpuSeconds, @Nullable Double verificationCpuSeconds,
        double startCpuSeconds, @Nullable Double databaseCpuSeconds, long requests, long refused, double requestSeconds,
        long busiestSecond, long statements, long transactions, @Nullable Long allocatedBytes) {

    double perSecond() {
        return conversations / seconds;
    }

    /** Requests a second between the first and the last one. */
    double requestRate() {
        return requestSeconds == 0 ? 0 : (requests - 1) / requestSeconds;
    }

    double perConversation(double figure) {
        return figure / conversations;
    }
}
