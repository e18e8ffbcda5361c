package org.openphoneimport.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.media.MediaCounts;
import org.openphoneimport.pace.Estimates;
import org.openphoneimport.pace.WaitingFor;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A run and what can be told about it at one moment.
 *
 * @param run its row, as far as it is mapped
 * @param details what scripts are told of its row besides
 * @param now the moment, by the database's clock
 * @param listed conversations that the listing has found so far; 0 when it has ended, since the run's total tells then
 * @param errors issues that are open
 * @param warnings issues that are open
 * @param estimates what is to come; all of it unknown for a run that has ended
 * @param media what has become of its files
 * @param waitingFor why nothing moves; null when something does
 * @param current whose conversation was read last
 * @param requests the rate limiter's row for the run's key
 * @param callParts how many recordings, voicemails, transcripts and summaries have which status, by status
 * @param directoryParts how much of contacts and numbers it asks for, and has asked for
 * @param unread conversations that were tried and are not here
 * @param working whether a worker is in the middle of something
 */
public record RunView(Run run, RunDetails details, Instant now, long listed, long errors, long warnings, Estimates estimates,
        MediaCounts.Figures media, @Nullable WaitingFor waitingFor, @Nullable CurrentConversation current,
        @Nullable Requests requests, JsonNode callParts, DirectoryParts directoryParts, Conversations unread,
        boolean working) {

    // A shorter wait is part of a busy day.
    private static final Duration SHORT_WAIT = Duration.ofSeconds(15);

    /** Where the run stands. */
    public RunStatus status() {
        return run.status();
    }

    /** Without the time that it was paused. */
    public Duration elapsed() {
        return run.elapsed(now);
    }

    /** Whether it waits long enough to say so in its headline. */
    public boolean isWaiting() {
        return waitingFor != null && (waitingFor.until() == null || waitingFor.until().isAfter(now.plus(SHORT_WAIT)));
    }

    /** When it is done at about, no more precisely than that can be told; null when it cannot. */
    public @Nullable Instant doneAt() {
        var remaining = estimates.remaining();
        return remaining == null ? null : Judge.about(now.plus(remaining), remaining);
    }

    /** Whether its conversations are being listed. */
    public boolean isListing() {
        return status() == RunStatus.PENDING || (status() == RunStatus.RUNNING && run.listedAt == null);
    }

    /**
     * Conversations that were tried and are not here.
     *
     * @param failed to be tried again by an operator
     * @param refused OpenPhone does not give them
     */
    public record Conversations(long failed, long refused) {

        /** Nothing was counted. */
        static final Conversations NONE = new Conversations(0, 0);
    }

    /**
     * Notes, properties and shares of contacts, hours, members and settings of numbers: a request each.
     *
     * @param pending those that the run has not asked for yet
     */
    public record DirectoryParts(long all, long pending) {

        /** Nothing was counted. */
        static final DirectoryParts NONE = new DirectoryParts(0, 0);
    }

    /**
     * What the rate limiter counted for a key, all its runs together.
     *
     * @param granted requests sent
     * @param refused 429s
     * @param waited for slots, all requests together
     * @param quota requests a second that OpenPhone last said it grants; null when it never did while {@code OPENPHONE_RATE}
     *        was {@code auto}
     */
    public record Requests(long granted, long refused, Duration waited, @Nullable Double quota) {
    }

    /**
     * The conversation that was read last.
     *
     * @param name given to it, or null
     * @param parties its other participants, as numbers
     */
    public record CurrentConversation(String id, @Nullable String name, List<String> parties) {
    }
}
