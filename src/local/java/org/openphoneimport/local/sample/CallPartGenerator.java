package org.openphoneimport.local.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleRecording;
import org.openphoneimport.local.sample.document.SampleSummary;
import org.openphoneimport.local.sample.document.SampleTranscript;
import org.openphoneimport.local.sample.document.SampleVoicemail;

/** Makes what hangs on a call. Of each kind some are missing (404), some absent and some not ready yet (200). */
final class CallPartGenerator {

    private static final double RECORDED = 0.75;
    private static final int UNANSWERED_RECORDED = 4;
    private static final int ANSWERED_WITH_VOICEMAIL = 8;

    private final Dice dice;
    private final SampleCalls calls;
    private int answered;
    private int unanswered;

    CallPartGenerator(long seed, SampleCalls calls) {
        this(new Dice(seed, "parts"), calls);
    }

    CallPartGenerator(Dice dice, SampleCalls calls) {
        this.dice = dice;
        this.calls = calls;
    }

    /** What is rare throws dice of its own, so that all else is as it would be without. */
    static CallPartGenerator rare(long seed, SampleCalls calls) {
        return new CallPartGenerator(new Dice(seed, "rare parts"), calls);
    }

    void addTo(SampleCall call) {
        if (call.answered() && dice.chance(RECORDED)) {
            calls.putRecordings(call.id(), recordings(call));
            var status = dice.pick(List.of("completed", "completed", "completed", "completed", "completed", "completed",
                    "completed", "absent", "in-progress", ""));
            if (!status.isEmpty()) {
                calls.put(transcript(call, status));
                calls.put(summary(call, status));
            }
        } else if (call.answered() && dice.chance(0.5)) {
            calls.put(transcript(call, "absent"));
            calls.put(summary(call, "absent"));
        } else if (!call.answered() && call.direction().equals("incoming") && dice.chance(0.6)) {
            calls.put(call.id(), voicemail());
        }
    }

    /** A call that was answered may still end in a voicemail, and one that was not may be recorded. */
    void addRareTo(SampleCall call) {
        if (call.answered()) {
            if (answered++ % ANSWERED_WITH_VOICEMAIL == 0) {
                calls.put(call.id(), voicemail());
            }
        } else if (unanswered++ % UNANSWERED_RECORDED == 0) {
            calls.putRecordings(call.id(), recordings(call));
            calls.put(transcript(call, "completed"));
            calls.put(summary(call, "completed"));
        }
    }

    private List<SampleRecording> recordings(SampleCall call) {
        var segments = new ArrayList<SampleRecording>();
        int count = dice.chance(0.9) ? 1 : 2;
        for (int i = 0; i < count; i++) {
            var id = dice.id("CR", 16);
            boolean ready = dice.chance(0.96);
            segments.add(ready
                    ? new SampleRecording(call.duration() / count, id, call.createdAt().plusSeconds(12L + 60L * i), "completed",
                            "audio/mpeg", SampleMedia.url("recordings", id, "mp3"))
                    : new SampleRecording(null, id, null, dice.pick(List.of("processing", "absent", "deleted")), null, null));
        }
        return segments;
    }

    private SampleVoicemail voicemail() {
        var id = dice.id("VM", 16);
        return dice.chance(0.92)
                ? new SampleVoicemail(dice.between(2, 90), id, dice.maybe(0.8, () -> Words.sentence(dice)),
                        SampleMedia.url("voicemails", id, "mp3"), "completed")
                : new SampleVoicemail(null, id, null, null, "in-progress");
    }

    private SampleTranscript transcript(SampleCall call, String status) {
        var lines = status.equals("completed") ? lines(call) : null;
        return new SampleTranscript(call.id(), call.createdAt().plusSeconds(call.duration() + 60L), lines, call.duration(),
                status);
    }

    private List<SampleTranscript.Line> lines(SampleCall call) {
        var lines = new ArrayList<SampleTranscript.Line>();
        // from the call's creation: it rings first
        double at = CallGenerator.RINGING + 0.5;
        for (int i = 0; i < 2 + Math.min(20, call.duration() / 20); i++) {
            // in whole tenths, as OpenPhone has them
            double end = Math.round(at * 10 + dice.between(10, 60)) / 10d;
            // our side speaks first, then they take turns; now and then the speaker is unknown
            boolean ours = i % 2 == 0;
            lines.add(new SampleTranscript.Line(Words.sentence(dice), at, end,
                    dice.maybe(0.95, () -> call.participants().get(ours == call.direction().equals("outgoing") ? 0 : 1)),
                    ours ? call.userId() : null));
            at = end;
        }
        return List.copyOf(lines);
    }

    private SampleSummary summary(SampleCall call, String status) {
        boolean completed = status.equals("completed");
        return new SampleSummary(call.id(), completed ? steps(0, 2) : null, status, completed ? steps(1, 4) : null,
                call.aiHandled() == null ? null : jobs(completed));
    }

    private List<String> steps(int least, int most) {
        return Stream.generate(() -> Words.sentence(dice)).limit(dice.between(least, most)).toList();
    }

    private List<SampleSummary.Job> jobs(boolean completed) {
        var values = List.of(new SampleSummary.Value("Name", dice.pick(Words.FIRST_NAMES)),
                new SampleSummary.Value("Bikes", dice.between(1, 4)), new SampleSummary.Value("Urgent", dice.chance(0.5)));
        var job = new SampleSummary.Job("📝", "Take a message", new SampleSummary.Result(values));
        return completed ? List.of(job) : List.of();
    }
}
