package org.openphoneimport.document;

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
 * Makes one transcript, as v1 has it, of those that the API of 2026-03-30 has for each segment of a recording: there times
 * count from the beginning of the segment, in v1 from that of the call.
 */
public final class TranscriptSegments {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ArrayNode lines = JSON.arrayNode();
    private final ArrayNode starts = JSON.arrayNode();
    private final List<String> oddities = new ArrayList<>();
    private @Nullable Instant beginning;
    private @Nullable Instant createdAt;
    private BigDecimal end = BigDecimal.ZERO;
    private double duration;
    private boolean spoken;

    private TranscriptSegments(@Nullable Instant begun) {
        this.beginning = begun;
    }

    /**
     * Returns the whole; empty when there are no segments.
     *
     * @param begun when the call was created; null when it is not known, then times count from the first segment
     */
    public static Optional<TranscriptDocument> merge(List<JsonNode> segments, @Nullable Instant begun) {
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        var whole = new TranscriptSegments(begun);
        segments.forEach(segment -> whole.add(new Fields(segment)));
        return Optional.of(whole.document(segments));
    }

    private void add(Fields segment) {
        var startTime = segment.instant("startTime");
        var length = segment.decimal("duration");
        var dialogue = segment.array("dialogue");
        if (beginning == null) {
            beginning = startTime;
        }
        if (createdAt == null) {
            createdAt = segment.instant("createdAt");
        }
        // One that does not say when it began follows the one before.
        var start = startTime == null || beginning == null ? end
                : BigDecimal.valueOf(Duration.between(beginning, startTime).toMillis(), 3).stripTrailingZeros();
        if (length != null) {
            duration += length;
            end = start.add(BigDecimal.valueOf(length));
        }
        starts.addObject().put("recordingId", segment.text("recordingId"))
                .put("startTime", startTime == null ? null : startTime.toString())
                .put("start", start).put("duration", length);
        if (dialogue != null) {
            spoken = true;
            dialogue.forEach(line -> add(line, start));
        }
        oddities.addAll(segment.oddities());
    }

    private void add(JsonNode line, BigDecimal start) {
        if (line instanceof ObjectNode said) {
            ObjectNode moved = said.deepCopy();
            for (var time : List.of("start", "end")) {
                if (moved.path(time).isNumber()) {
                    moved.put(time, moved.path(time).decimalValue().add(start).stripTrailingZeros());
                }
            }
            if (moved.has("actorId")) {
                moved.set("userId", moved.remove("actorId"));
            }
            lines.add(moved);
        }
    }

    private TranscriptDocument document(List<JsonNode> segments) {
        return new TranscriptDocument(status(segments), duration, spoken ? lines : null, createdAt, starts,
                List.copyOf(oddities), Storable.json(JSON.arrayNode().addAll(segments)));
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
}
