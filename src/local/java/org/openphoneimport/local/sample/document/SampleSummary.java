package org.openphoneimport.local.sample.document;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * A call in short.
 *
 * @param status absent, in-progress, completed or failed
 * @param jobs what the AI agent did; the field is absent for calls between people
 */
public record SampleSummary(String callId, @Nullable List<String> nextSteps, String status, @Nullable List<String> summary,
        @JsonInclude(Include.NON_NULL) @Nullable List<Job> jobs) {

    /** Something the AI agent did. */
    public record Job(String icon, String name, Result result) {
    }

    /** What came of it. */
    public record Result(List<Value> data) {
    }

    /**
     * One outcome.
     *
     * @param value a string, a number or a boolean
     */
    public record Value(String name, Object value) {
    }
}
