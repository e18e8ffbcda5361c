package org.openphoneimport.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** One time for all transcripts: seconds from the call's beginning. Documents are written with single quotes. */
class TranscriptSegmentsTest {

    private static final Instant BEGUN = Instant.parse("2026-11-01T10:00:00Z");

    private static final String FIRST = "{'recordingId':'CR1','status':'completed','startTime':'2026-11-01T10:00:12.250Z',"
            + "'duration':60,'dialogue':[{'content':'Hello','start':0.5,'end':2,'identifier':null,'actorId':'US1'}]}";
    private static final String SECOND = "{'recordingId':'CR2','status':'completed','startTime':'2026-11-01T10:02:00Z',"
            + "'duration':8.5,'dialogue':[{'content':'Bye','start':0,'end':1.5,'identifier':null,'actorId':null}]}";
    private static final String WITHOUT_START = "{'recordingId':'CR3','status':'completed','duration':3,"
            + "'dialogue':[{'content':'Still there','start':1,'end':2}]}";

    @Test
    void times_of_all_segments_count_from_the_calls_beginning() {
        var transcript = merged(BEGUN, FIRST, SECOND);

        assertThat(transcript.dialogue()).map(line -> line.path("start").asDouble()).containsExactly(12.75, 120d);
        assertThat(transcript.dialogue()).map(line -> line.path("end").asDouble()).containsExactly(14.25, 121.5);
        assertThat(transcript.dialogue()).map(line -> line.path("userId").asText()).containsExactly("US1", "null");
        assertThat(transcript.duration()).isEqualTo(68.5);
    }

    @Test
    void each_segments_start_is_kept() {
        var segments = merged(BEGUN, FIRST, SECOND).segments();

        assertThat(segments).map(segment -> segment.path("recordingId").asText()).containsExactly("CR1", "CR2");
        assertThat(segments).map(segment -> segment.path("startTime").asText())
                .containsExactly("2026-11-01T10:00:12.250Z", "2026-11-01T10:02:00Z");
        assertThat(segments).map(segment -> segment.path("start").asDouble()).containsExactly(12.25, 120d);
        assertThat(segments).map(segment -> segment.path("duration").asDouble()).containsExactly(60d, 8.5);
    }

    @Test
    void a_segment_without_a_start_follows_the_one_before() {
        assertThat(merged(BEGUN, SECOND, WITHOUT_START).dialogue()).map(line -> line.path("start").asDouble())
                .containsExactly(120d, 129.5);
    }

    @Test
    void times_count_from_the_first_segment_where_the_calls_beginning_is_not_known() {
        assertThat(merged(null, FIRST, SECOND).dialogue()).map(line -> line.path("start").asDouble())
                .containsExactly(0.5, 107.75);
    }

    private static TranscriptDocument merged(@Nullable Instant begun, String... segments) {
        return TranscriptSegments.merge(Stream.of(segments).map(TranscriptSegmentsTest::tree).toList(), begun)
                .orElseThrow();
    }

    private static JsonNode tree(String document) {
        return Json.read(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
