package org.openphoneimport.proof;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a run's last verification found, with all that is needed to understand it later.
 *
 * @param title what this is
 * @param writtenAt when it was written; counts and digests are those of that moment, of all that is stored
 * @param scope of what it speaks
 * @param verdict the verification
 * @param checks what was compared
 * @param numbers what is stored, by number of the workspace
 * @param months the same, by number and month in UTC
 * @param digests how the digests can be computed again
 * @param discrepancies everything that was found, the gravest first
 * @param accepted what an operator has accepted not to have
 * @param notGiven what stands in OpenPhone's app and no API gives
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({ "title", "writtenAt", "scope", "verdict", "checks", "numbers", "months", "digests", "discrepancies",
        "accepted",
        "notGiven" })
public record Proof(String title, Instant writtenAt, Scope scope, Verdict verdict, List<Check> checks, List<OwnNumber> numbers,
        List<Month> months, String digests, List<Finding> discrepancies, List<Accepted> accepted, List<Lack> notGiven) {

    /**
     * Of what the document speaks.
     *
     * @param runId the run
     * @param type historical or reconciliation
     * @param status where the run stands
     * @param from messages and calls from then on; null for all
     * @param to and up to then; null for no end
     * @param startedAt when the run began
     * @param completedAt when it ended; null while it goes on
     * @param api the generation of OpenPhone's API that it read
     * @param witness the other one, which confirms; null when there was none
     * @param witnessObstacle why there was none; null when there was one
     * @param workspace what the database holds of the workspace altogether, in a sentence
     * @param coveredUntil when all conversations were last listed; null for never
     */
    @RegisterForReflection
    public record Scope(String runId, String type, String status, @Nullable Instant from, @Nullable Instant to,
            @Nullable Instant startedAt, @Nullable Instant completedAt, @Nullable String api, @Nullable String witness,
            @Nullable String witnessObstacle, String workspace, @Nullable Instant coveredUntil) {
    }

    /**
     * How it ended.
     *
     * @param status running, clean or discrepancies
     * @param startedAt when it began
     * @param checkedAt when it ended; null while it is running
     * @param full whether everything was read again
     */
    @RegisterForReflection
    public record Verdict(String status, Instant startedAt, @Nullable Instant checkedAt, boolean full) {
    }

    /**
     * A comparison.
     *
     * @param name what was compared
     * @param checked how many
     * @param found how many of them were not as they should be
     */
    @RegisterForReflection
    public record Check(String name, long checked, long found) {
    }

    /**
     * A number of the workspace.
     *
     * @param id OpenPhone's; empty for rows without one
     * @param number in E.164; null when it is not stored
     * @param name null when it is not stored
     * @param conversations how many
     * @param messages how many
     * @param messagesDigest of them
     * @param calls how many
     * @param callsDigest of them
     */
    @RegisterForReflection
    public record OwnNumber(String id, @Nullable String number, @Nullable String name, long conversations, long messages,
            String messagesDigest, long calls, String callsDigest) {
    }

    /**
     * A month of a number.
     *
     * @param numberId OpenPhone's id of the number; empty for rows without one
     * @param number in E.164; null when it is not stored
     * @param month {@code 2026-01}; empty for rows without a time
     * @param messages how many were sent or received
     * @param calls how many were made or taken
     */
    @RegisterForReflection
    public record Month(String numberId, @Nullable String number, String month, long messages, long calls) {
    }

    /**
     * A difference.
     *
     * @param kind missing, different, unavailable, accepted, newer, waiting or absent
     * @param subject message, call, conversation ...
     * @param id OpenPhone's
     * @param conversationId the conversation that it belongs to; null when that is not known
     * @param finding a sentence
     */
    @RegisterForReflection
    public record Finding(String kind, String subject, String id, @Nullable String conversationId, String finding) {
    }

    /**
     * An exception.
     *
     * @param subject message, call, conversation ...
     * @param id OpenPhone's
     * @param finding why it is not here
     * @param by who accepted that
     * @param reason why
     * @param at when
     */
    @RegisterForReflection
    public record Accepted(String subject, String id, String finding, String by, String reason, Instant at) {
    }

    /**
     * What no API gives.
     *
     * @param what it is
     * @param remedy what a person can do about it
     */
    @RegisterForReflection
    public record Lack(String what, String remedy) {
    }
}
