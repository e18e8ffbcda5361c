package org.openphoneimport.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.document.SampleTranscript;
import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One segment of a call's recording, with its part of what was said: the dated API has a transcript for each, whose times
 * begin with the segment.
 *
 * @param recording as v1 has it
 * @param start of the segment
 * @param end of the segment, or of everything for the last one
 * @param transcript of the whole call, as v1 has it
 */
record DatedSegment(SampleCall call, SampleRecording recording, Instant start, Instant end,
        Optional<SampleTranscript> transcript) {

    static List<DatedSegment> of(SampleCall call, SampleCalls calls) {
        var recordings = calls.recordings(call.id());
        return IntStream.range(0, recordings.size()).mapToObj(i -> new DatedSegment(call, recordings.get(i),
                start(call, recordings.get(i), i),
                i + 1 < recordings.size() ? start(call, recordings.get(i + 1), i + 1) : Instant.MAX,
                calls.transcript(call.id()))).toList();
    }

    /** v1 leaves it open for segments that are not ready; here each has one. */
    private static Instant start(SampleCall call, SampleRecording recording, int index) {
        if (recording.startTime() != null) {
            return recording.startTime();
        }
        return answered(call).plusSeconds(60L * index);
    }

    /** What was not answered is recorded from when it would have been. */
    static Instant answered(SampleCall call) {
        return call.answeredAt() == null ? call.createdAt().plusSeconds(CallGenerator.RINGING) : call.answeredAt();
    }

    Optional<JsonNode> recordingDocument() {
        ObjectNode document = Json.object(recording);
        document.put("startTime", start.toString());
        return Optional.of(document);
    }

    Optional<JsonNode> transcriptDocument() {
        return transcript.map(whole -> {
            double offset = since(call.createdAt(), start);
            double until = end.equals(Instant.MAX) ? Double.MAX_VALUE : since(call.createdAt(), end);
            ObjectNode document = Json.emptyObject();
            document.put("recordingId", recording.id()).put("status", whole.status()).put("startTime", start.toString())
                    .put("createdAt", whole.createdAt().toString())
                    .put("duration", end.equals(Instant.MAX) ? Math.max(0, whole.duration() - since(answered(call), start))
                            : until - offset);
            if (whole.dialogue() == null) {
                document.putNull("dialogue");
                return document;
            }
            var lines = document.putArray("dialogue");
            whole.dialogue().stream().filter(line -> line.start() >= offset && line.start() < until)
                    .forEach(line -> lines.addObject().put("content", line.content())
                            .put("start", tenths(line.start() - offset)).put("end", tenths(line.end() - offset))
                            .put("identifier", line.identifier()).put("actorId", line.userId()));
            return document;
        });
    }

    private static double since(Instant beginning, Instant time) {
        return Duration.between(beginning, time).toMillis() / 1000d;
    }

    /** Differences of tenths are tenths, whatever the binary system makes of them. */
    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10d;
    }
}
