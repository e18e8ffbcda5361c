package org.openphoneimport.notice;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A notice as it is sent; a webhook gets it as JSON, of the shape that Standard Webhooks recommend.
 *
 * @param id the same at each attempt
 * @param type what it is about, such as {@code run.failed}
 * @param timestamp when it happened
 * @param subject of the mail
 * @param text of the mail
 */
@RegisterForReflection
record Letter(@JsonIgnore UUID id, String type, Instant timestamp, Data data, @JsonIgnore String subject,
        @JsonIgnore String text) {

    /**
     * What happened.
     *
     * @param sentence for people
     * @param environment local, staging, production ...
     * @param workspace its name; empty where that is not known
     * @param link to the page; null where its address is not configured
     * @param run null where it is about none
     */
    @RegisterForReflection
    record Data(String sentence, String environment, String workspace, @Nullable String link, @Nullable RunFigures run) {
    }

    /**
     * The run, as it was then.
     *
     * @param type historical or reconciliation
     * @param reason why it ended or stands still; null where the status says it all
     * @param errors that are open
     * @param unavailable what OpenPhone does not give, accepted or not
     */
    @RegisterForReflection
    record RunFigures(UUID id, String type, String status, @Nullable String reason, @Nullable Instant windowFrom,
            @Nullable Instant windowTo, @Nullable Instant startedAt, @Nullable Instant endedAt,
            @JsonProperty("processedConversations") long conversations, @JsonProperty("processedMessages") long messages,
            @JsonProperty("processedCalls") long calls, @JsonProperty("processedMedia") long files,
            @JsonProperty("errorCount") long errors, @JsonProperty("unavailableCount") long unavailable) {
    }
}
