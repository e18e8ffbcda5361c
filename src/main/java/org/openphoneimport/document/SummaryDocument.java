package org.openphoneimport.document;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call in short.
 *
 * @param summary in points
 * @param nextSteps what was agreed
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received; what an AI agent did stands in its {@code jobs}
 */
public record SummaryDocument(@Nullable String status, List<String> summary, List<String> nextSteps, List<String> oddities,
        JsonNode payload) {

    private static final Set<String> FINAL = Set.of("absent", "completed", "failed");

    public static SummaryDocument read(Fields fields) {
        return new SummaryDocument(fields.text("status"), fields.texts("summary"), fields.texts("nextSteps"),
                fields.oddities(), fields.payload());
    }

    /** Whether it will follow: what is empty has not been finished unless OpenPhone says so. */
    public boolean isUnderWay() {
        return "in-progress".equals(status) || (!FINAL.contains(String.valueOf(status)) && summary.isEmpty()
                && nextSteps.isEmpty() && payload.path("jobs").isEmpty());
    }

    /** Whether OpenPhone says that there is none. */
    public boolean isAbsent() {
        return "absent".equals(status);
    }
}
