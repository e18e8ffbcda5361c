package org.openphoneimport.run;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An error or a warning of a run. Trouble with one item is data: the run goes on.
 *
 * @param level whether something is missing
 * @param stage what was being done: listing, messages, calls
 * @param subject what it is about: conversation, message, call, phone number
 * @param subjectId its OpenPhone id
 * @param what what happened, as a sentence
 * @param request what can be tried again, such as {@code GET /v1/messages?...}; null when there is nothing to try
 */
@RegisterForReflection
public record Issue(Level level, String stage, String subject, String subjectId, String what, @Nullable String request) {

    /** Whether something is missing. */
    public enum Level {
        /** Something is missing. */
        @JsonProperty("error")
        ERROR,
        /** Everything that OpenPhone shows is here, but something about it is odd. */
        @JsonProperty("warning")
        WARNING
    }

    public static Issue error(String stage, String subject, String subjectId, String what, @Nullable String request) {
        return new Issue(Level.ERROR, stage, subject, subjectId, what, request);
    }

    /** A warning that names what did not fit in a document; none when all did. */
    public static Stream<Issue> oddities(String stage, String subject, String subjectId, List<String> oddities) {
        return oddities.isEmpty() ? Stream.empty()
                : Stream.of(warning(stage, subject, subjectId, String.join("; ", oddities), null));
    }

    public static Issue warning(String stage, String subject, String subjectId, String what, @Nullable String request) {
        return new Issue(Level.WARNING, stage, subject, subjectId, what, request);
    }
}
