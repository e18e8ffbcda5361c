package org.openphoneimport.imports;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.document.SampleTranscript;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** When something was said in a call is the same, whichever API tells it. */
@QuarkusTest
@Landing
class TranscriptTimesTest {

    private final Bench bench = Bench.get();
    private SampleWorkspace workspace;
    private SampleCall call;

    @BeforeEach
    void serve_a_call_of_two_segments() {
        bench.reset();
        workspace = Bench.workspace(28);
        call = workspace.calls().calls().stream().filter(SampleCall::answered).findFirst().orElseThrow();
        var answered = call.createdAt().plusSeconds(12);
        workspace.calls().putRecordings(call.id(), List.of(recording("CRfirst", answered),
                recording("CRsecond", answered.plusSeconds(60))));
        workspace.calls().put(new SampleTranscript(call.id(), answered.plusSeconds(200), List.of(
                new SampleTranscript.Line("Hello", 12.5, 14.1, null, call.userId()),
                new SampleTranscript.Line("One moment", 15, 16.3, null, null),
                new SampleTranscript.Line("I am back", 73.2, 75, null, call.userId())), 90, "completed"));
        bench.openPhone().serve(workspace);
    }

    @Test
    void a_dialogue_counts_from_the_calls_beginning_through_both_apis() {
        bench.importAllDated();
        assertThat(times()).isEqualTo("12.5 14.1, 15 16.3, 73.2 75");
        assertThat(bench.database().value("""
                SELECT string_agg(concat(segment ->> 'recordingId', ' ', trim_scale((segment ->> 'start')::numeric)), ', ')
                FROM call_transcripts, jsonb_array_elements(segments) AS segment WHERE call_id = ?
                """, call.id())).isEqualTo("CRfirst 12, CRsecond 72");

        bench.reset();
        bench.openPhone().serve(workspace);
        bench.importAll();

        assertThat(times()).isEqualTo("12.5 14.1, 15 16.3, 73.2 75");
        assertThat(bench.database().size("call_transcripts WHERE segments IS NOT NULL")).isZero();
    }

    private @Nullable Object times() {
        return bench.database().value(
                """
                        SELECT string_agg(concat_ws(' ', trim_scale((line ->> 'start')::numeric), trim_scale((line ->> 'end')::numeric)), ', ')
                        FROM call_transcripts, jsonb_array_elements(dialogue) AS line WHERE call_id = ?
                        """,
                call.id());
    }

    private SampleRecording recording(String id, Instant start) {
        var url = workspace.calls().recordings().values().stream().flatMap(List::stream).map(SampleRecording::url)
                .filter(Objects::nonNull).findFirst().orElseThrow();
        return new SampleRecording(50, id, start, "completed", "audio/mpeg", url);
    }
}
