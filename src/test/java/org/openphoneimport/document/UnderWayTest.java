package org.openphoneimport.document;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Which parts of calls are asked for again. Documents are written with single quotes. */
class UnderWayTest {

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{'status':null}", "{'status':null,'url':null}", "{'status':'completed','url':null}",
            "{'status':'completed','url':''}", "{'status':'in-progress'}", "{'status':'paused'}", "{'status':'stopped'}",
            "{'status':'transcoding'}" })
    void a_recording_without_a_file_is_under_way(String document) {
        assertThat(RecordingDocument.read(fields(document)).isUnderWay()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'status':'absent'}", "{'status':'deleted','url':null}", "{'status':'failed'}",
            "{'url':'https://example.com/1'}", "{'status':null,'url':'https://example.com/1'}",
            "{'status':'completed','url':'https://example.com/1'}", "{'status':'transcoding','url':'https://example.com/1'}" })
    void a_recording_with_a_file_is_not_nor_is_one_that_openphone_calls_final(String document) {
        assertThat(RecordingDocument.read(fields(document)).isUnderWay()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{'status':null}", "{'status':'completed'}", "{'status':'in-progress'}",
            "{'status':'queued'}",
            "{'status':'in-progress','recordingUrl':'https://example.com/1'}", "{'status':null,'transcript':'Hello'}",
            "{'status':'completed','recordingUrl':''}" })
    void a_voicemail_without_a_file_is_under_way(String document) {
        assertThat(VoicemailDocument.read(fields(document), "AC1").isUnderWay()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'recordingUrl':'https://example.com/1'}",
            "{'status':'completed','recordingUrl':'https://example.com/1','transcript':null}" })
    void a_voicemail_with_a_file_is_not(String document) {
        assertThat(VoicemailDocument.read(fields(document), "AC1").isUnderWay()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{'status':null,'dialogue':null}", "{'status':null,'dialogue':[]}", "{'status':'queued'}",
            "{'status':'in-progress','dialogue':[{'content':'Hello'}]}" })
    void an_empty_transcript_is_under_way_unless_openphone_says_otherwise(String document) {
        assertThat(TranscriptDocument.read(fields(document)).isUnderWay()).isTrue();
        assertThat(TranscriptSegments.merge(List.of(tree(document)), null).orElseThrow().isUnderWay()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'status':'absent'}", "{'status':'failed','dialogue':null}",
            "{'status':'completed','dialogue':[]}",
            "{'dialogue':[{'content':'Hello'}]}", "{'status':'lost','dialogue':[{'content':'Hello'}]}" })
    void a_transcript_that_says_something_or_is_final_is_not(String document) {
        assertThat(TranscriptDocument.read(fields(document)).isUnderWay()).isFalse();
        assertThat(TranscriptSegments.merge(List.of(tree(document)), null).orElseThrow().isUnderWay()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{'status':null}", "{'status':'in-progress','dialogue':null}" })
    void a_transcript_is_under_way_as_long_as_one_of_its_segments_is(String document) {
        var completed = tree("{'status':'completed','dialogue':[{'content':'Hello','start':0,'end':1}]}");

        assertThat(TranscriptSegments.merge(List.of(completed, tree(document)), null).orElseThrow().isUnderWay()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{'status':null,'summary':null}", "{'status':null,'summary':[],'nextSteps':[],'jobs':[]}",
            "{'status':'queued','summary':null}", "{'status':'in-progress','summary':['Hello']}" })
    void an_empty_summary_is_under_way_unless_openphone_says_otherwise(String document) {
        assertThat(SummaryDocument.read(fields(document)).isUnderWay()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'status':'absent'}", "{'status':'failed'}", "{'status':'completed','summary':[]}",
            "{'summary':['Hello']}", "{'summary':'Hello'}", "{'status':null,'nextSteps':['Call back']}",
            "{'status':'lost','jobs':[{'name':'Take a message'}]}" })
    void a_summary_that_says_something_or_is_final_is_not(String document) {
        assertThat(SummaryDocument.read(fields(document)).isUnderWay()).isFalse();
    }

    private static Fields fields(String document) {
        return new Fields(tree(document));
    }

    private static JsonNode tree(String document) {
        return Json.read(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
