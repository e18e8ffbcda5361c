package org.openphoneimport.local.sample;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the workspace's plan, its subscription and its settings keep from a key. Everything is allowed unless it is changed;
 * a change counts from the next request on.
 */
public final class SamplePlan {

    private final Set<String> closedNumbers = ConcurrentHashMap.newKeySet();
    private volatile Parts transcriptsAndSummaries = Parts.GIVEN;
    private volatile boolean subscriptionExpired;
    private volatile boolean unusualThreadsHidden;

    SamplePlan() {
    }

    /** What a plan does with transcripts and summaries. Which of them a real one below Business does is not known. */
    public enum Parts {
        /** It has them. */
        GIVEN,
        /** They are refused with 403. */
        REFUSED,
        /** There are none: 404 in v1, absent or no segments in the dated API. */
        MISSING
    }

    /** Lets the plan have transcripts and summaries, or not. */
    public void transcriptsAndSummaries(Parts parts) {
        transcriptsAndSummaries = parts;
    }

    /** Lets the subscription expire: v1 refuses messages then. */
    public void expire() {
        subscriptionExpired = true;
    }

    /** Lets v1 refuse messages and calls of a number, to all users. */
    public void close(String phoneNumberId) {
        closedNumbers.add(phoneNumberId);
    }

    /**
     * Lets v1's list leave out threads with short codes and with callers who hide their numbers. Whether the real one has
     * them is not known.
     */
    public void hideUnusualThreads() {
        unusualThreadsHidden = true;
    }

    boolean showsUnusualThreads() {
        return !unusualThreadsHidden;
    }

    /** Refuses with 402 when nothing is paid. */
    void checkSubscription(ApiResource resource) {
        if (subscriptionExpired) {
            throw resource.subscriptionExpired();
        }
    }

    /** Refuses with 403 what goes over a number that is closed. */
    void checkNumber(ApiResource resource, String phoneNumberId) {
        if (closedNumbers.contains(phoneNumberId)) {
            throw resource.notPhoneNumberUser();
        }
    }

    /** Refuses with 403, or as what is not there, if the plan has neither transcripts nor summaries. */
    void checkParts(ApiResource resource, String callId) {
        switch (transcriptsAndSummaries) {
            case GIVEN -> {
                // Nothing keeps them.
            }
            case REFUSED -> throw resource.forbidden();
            case MISSING -> throw resource.notFound(callId);
        }
    }

    boolean hasParts() {
        return transcriptsAndSummaries == Parts.GIVEN;
    }

    boolean refusesParts() {
        return transcriptsAndSummaries == Parts.REFUSED;
    }
}
