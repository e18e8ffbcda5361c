package org.openphoneimport.openphone;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes one transcript, as v1 has it, of those that the API of 2026-03-30 has for each segment of a recording: times count
 * from the beginning of the first segment, speakers are users.
 */
final class TranscriptSegments {

    private TranscriptSegments() {
    }

    static Optional<TranscriptDocument> merge(List<JsonNode> segments) {
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        var lines = JsonNodeFactory.instance.arrayNode();
        var oddities = new ArrayList<String>();
        @Nullable
        Instant beginning = null;
        @Nullable
        Instant createdAt = null;
        double duration = 0;
        boolean spoken = false;
        for (var segment : segments) {
            var fields = new Fields(segment);
            var start = fields.instant("startTime");
            beginning = beginning == null ? start : beginning;
            createdAt = createdAt == null ? fields.instant("createdAt") : createdAt;
            var length = fields.decimal("duration");
            duration += length == null ? 0 : length;
            var dialogue = fields.array("dialogue");
            if (dialogue != null) {
                spoken = true;
                add(dialogue, start == null || beginning == null ? Duration.ZERO : Duration.between(beginning, start), lines);
            }
            oddities.addAll(fields.oddities());
        }
        return Optional.of(new TranscriptDocument(status(segments), duration, spoken ? lines : null, createdAt,
                List.copyOf(oddities), Storable.json(JsonNodeFactory.instance.arrayNode().addAll(segments))));
    }

    /** As long as one is under way so is the whole; else one that is there counts more than one that is not. */
    private static @Nullable String status(List<JsonNode> segments) {
        var parts = segments.stream().map(segment -> TranscriptDocument.read(new Fields(segment))).toList();
        if (parts.stream().anyMatch(TranscriptDocument::isUnderWay)) {
            return "in-progress";
        }
        var statuses = parts.stream().map(TranscriptDocument::status).filter(Objects::nonNull).toList();
        return Stream.of("completed", "failed").filter(statuses::contains).findFirst()
                .orElse(statuses.isEmpty() ? null : statuses.getFirst());
    }

    private static void add(JsonNode dialogue, Duration offset, ArrayNode lines) {
        var seconds = BigDecimal.valueOf(offset.toMillis(), 3);
        for (var line : dialogue) {
            if (line instanceof ObjectNode spoken) {
                ObjectNode merged = spoken.deepCopy();
                for (var time : List.of("start", "end")) {
                    if (merged.path(time).isNumber()) {
                        merged.put(time, merged.path(time).decimalValue().add(seconds).stripTrailingZeros());
                    }
                }
                if (merged.has("actorId")) {
                    merged.set("userId", merged.remove("actorId"));
                }
                lines.add(merged);
            }
        }
    }
}
