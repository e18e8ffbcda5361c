package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What is read of a run's row beyond what {@code Run} has of it, for scripts.
 *
 * @param listingStartedAt when the listing began; null before
 * @param listingMovedAt when the listing last made progress; null before it began
 * @param listingWaitingFor why the listing makes no progress, a sentence; null while nothing is wrong
 * @param listingFailures times in a row that OpenPhone did not answer the listing where it stands
 * @param listedWhole whether the run lists all conversations
 * @param onlyV1 whether v1 was asked for by configuration
 * @param errors the newest 200 that are open, newest first
 * @param warnings the newest 200 that are open, newest first
 * @param checklist what a historical run does before it imports, in its order
 */
@RegisterForReflection
public record RunDetails(@Nullable Instant listingStartedAt, @Nullable Instant listingMovedAt,
        @Nullable String listingWaitingFor, int listingFailures, boolean listedWhole, boolean onlyV1, List<RunIssue> errors,
        List<RunIssue> warnings, List<ChecklistStep> checklist) {

    /**
     * An error or a warning.
     *
     * @param time when it was met
     * @param stage what was being done: listing, messages, calls
     * @param subject what it is about: conversation, message, call
     * @param id OpenPhone's, of the subject
     * @param what what happened, as a sentence
     * @param request what can be tried again; null when there is nothing to try
     */
    @RegisterForReflection
    public record RunIssue(Instant time, String stage, String subject, String id, String what, @Nullable String request) {
    }

    /**
     * A step of the checklist.
     *
     * @param name read-only, webhooks or reconciliation
     * @param state pending, active, undone or skipped
     * @param finding what there is to say about it, in a sentence; null when there is nothing
     * @param at when state or finding last changed
     */
    @RegisterForReflection
    public record ChecklistStep(String name, String state, @Nullable String finding, Instant at) {
    }
}
