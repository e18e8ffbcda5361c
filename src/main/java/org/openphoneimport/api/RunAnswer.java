package org.openphoneimport.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.pace.WaitingFor;
import org.openphoneimport.status.RunDetails;
import org.openphoneimport.status.RunView;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A run. What is counted, and when what happened, is told by the columns of {@code import_runs} of the same names.
 *
 * @param type historical or reconciliation
 * @param status pending, running, paused, verifying, completed, failed or cancelled
 * @param reason why it ended or stands still, a sentence; null when the status says it all
 * @param windowFrom messages and calls that were created from then on
 * @param windowTo and before then; null for no end
 * @param windowFromGiven whether the request named a start
 * @param api generation of the API that it reads with: v1 or 2026-03-30
 * @param witness the other generation, which confirms; null when the configuration names one
 * @param totalConversations null until the listing has ended
 * @param totalMessages null until all conversations were read
 * @param totalCalls null until all conversations were read
 * @param totalMedia files that it has found so far
 * @param processedMedia those of them that are stored
 * @param errors the newest 200 that are open
 * @param warnings the newest 200 that are open
 * @param elapsedSeconds without the time that it was paused
 * @param estimatedSecondsRemaining null when that cannot be told
 * @param doneAtAbout when it is done at about; null when that cannot be told
 * @param failedConversations that were tried and are not here, to be tried again by an operator
 * @param refusedConversations that OpenPhone does not give
 * @param working whether a worker is in the middle of something
 * @param expectedMessages an estimate; null when unknown
 * @param expectedCalls an estimate; null when unknown
 * @param waitingMedia files that are still to come
 * @param failedMedia files that were given up
 * @param errorCount errors that are open
 * @param warningCount warnings that are open
 * @param waitingFor why nothing moves; null when something does
 * @param callParts how many recordings, voicemails, transcripts and summaries have which status
 */
@RegisterForReflection
public record RunAnswer(UUID id, String type, String status, @Nullable String reason, Instant windowFrom,
        @Nullable Instant windowTo, boolean windowFromGiven, String api, Instant createdAt, @Nullable Instant startedAt,
        @Nullable Instant completedAt, @Nullable Instant pausedAt, long pausedSeconds, @Nullable Instant repairedAt,
        @Nullable Instant clearedAt, @Nullable Integer totalConversations, int processedConversations,
        @Nullable Integer totalMessages, int processedMessages, @Nullable Integer totalCalls, int processedCalls,
        @Nullable Integer totalMedia, int processedMedia, @Nullable String currentConversation,
        @Nullable String lastCompletedConversation, List<RunDetails.RunIssue> errors, List<RunDetails.RunIssue> warnings,
        String listingStage, @Nullable Instant listingStartedAt, @Nullable Instant listedAt, @Nullable Instant listingMovedAt,
        @Nullable String listingWaitingFor, int listingFailures, @Nullable String witness, @Nullable String witnessObstacle,
        @Nullable Instant disagreedAt, boolean listedWhole, boolean onlyV1, List<RunDetails.ChecklistStep> checklist,
        long elapsedSeconds, @Nullable Long estimatedSecondsRemaining, @Nullable Instant doneAtAbout, long failedConversations,
        long refusedConversations, boolean working, @Nullable Integer expectedMessages, @Nullable Integer expectedCalls,
        long waitingMedia, long failedMedia, long errorCount, long warningCount, @Nullable WaitingFor waitingFor,
        CallParts callParts) {

    /**
     * Parts of calls by their status.
     *
     * @param pending not requested yet
     * @param waiting OpenPhone is still working on them
     * @param none there are none
     * @param refused OpenPhone does not give them
     * @param unfinished OpenPhone has worked on them for two days: what came is stored
     */
    @RegisterForReflection
    public record CallParts(long pending, long waiting, long stored, long none, long refused, long failed, long unfinished) {

        private static CallParts of(JsonNode counts) {
            return new CallParts(count(counts, PartStatus.PENDING), count(counts, PartStatus.WAITING),
                    count(counts, PartStatus.STORED), count(counts, PartStatus.NONE), count(counts, PartStatus.REFUSED),
                    count(counts, PartStatus.FAILED), count(counts, PartStatus.UNFINISHED));
        }

        private static long count(JsonNode counts, PartStatus status) {
            return counts.path(status.text()).asLong();
        }
    }

    static RunAnswer of(RunView view) {
        var run = view.run();
        var more = view.details();
        var estimates = view.estimates();
        return new RunAnswer(run.id, run.type, run.status, run.reason, run.windowFrom, run.windowTo, run.windowFromGiven,
                run.api,
                run.createdAt, run.startedAt, run.completedAt, run.pausedAt, run.pausedSeconds, run.repairedAt, run.clearedAt,
                run.totalConversations, run.processedConversations, run.totalMessages, run.processedMessages, run.totalCalls,
                run.processedCalls, run.totalMedia, run.processedMedia, run.currentConversation,
                run.lastCompletedConversation, more.errors(), more.warnings(), run.listingStage, more.listingStartedAt(),
                run.listedAt, more.listingMovedAt(), more.listingWaitingFor(), more.listingFailures(), run.witness,
                run.witnessObstacle, run.disagreedAt, more.listedWhole(), more.onlyV1(), more.checklist(),
                view.elapsed().toSeconds(), estimates.remaining() == null ? null : estimates.remaining().toSeconds(),
                view.doneAt(), view.unread().failed(), view.unread().refused(), view.working(), estimates.messages(),
                estimates.calls(), view.media().waiting(), view.media().failed(), view.errors(), view.warnings(),
                view.waitingFor(), CallParts.of(view.callParts()));
    }
}
