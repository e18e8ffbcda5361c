package org.openphoneimport.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;

/**
 * Makes threads with short codes, and with callers who hide their numbers. It throws dice of its own, so that all else is as it
 * would be without.
 */
final class UnusualThreadGenerator {

    private static final List<String> HIDDEN = List.of("Anonymous", "Restricted", "Blocked");
    private static final Duration LONGEST = Duration.ofDays(60);

    private final SampleWorkspace workspace;
    private final Instant start;
    private final Dice dice;
    private final MessageGenerator messages;
    private final CallGenerator calls;
    private final CallPartGenerator parts;

    UnusualThreadGenerator(long seed, SampleWorkspace workspace, Instant start) {
        this.workspace = workspace;
        this.start = start;
        this.dice = new Dice(seed, "unusual threads");
        this.messages = new MessageGenerator(new Dice(seed, "unusual messages"));
        this.calls = new CallGenerator(new Dice(seed, "unusual calls"));
        this.parts = new CallPartGenerator(new Dice(seed, "unusual parts"), workspace.calls());
    }

    /** Adds a thread of each kind over so many of the own numbers. */
    void add(int numbers) {
        for (int i = 0; i < numbers; i++) {
            var own = workspace.directory().phoneNumbers().get(i);
            addTexts(own, "555" + dice.between(10, 99));
            addTexts(own, "555" + dice.between(100, 999));
            HIDDEN.forEach(caller -> addCalls(own, caller));
        }
    }

    /** What companies send, and the answer that ends it. */
    private void addTexts(SamplePhoneNumber own, String shortCode) {
        var begin = dice.time(start, SampleWorkspace.END.minus(LONGEST));
        var end = begin.plus(LONGEST);
        var thread = thread(own, shortCode, begin);
        messages.incoming(thread, own, dice.between(1, 6), begin, end).forEach(workspace.threads()::put);
        if (dice.chance(0.5)) {
            workspace.threads().put(messages.single(thread, own, end));
        }
    }

    private void addCalls(SamplePhoneNumber own, String caller) {
        var begin = dice.time(start, SampleWorkspace.END.minus(LONGEST));
        var thread = thread(own, caller, begin);
        for (int i = 0; i < dice.between(1, 3); i++) {
            var call = calls.incoming(thread, own, dice.time(begin, begin.plus(LONGEST)));
            workspace.addCall(call, thread.id());
            parts.addTo(call);
        }
    }

    private SampleConversation thread(SamplePhoneNumber own, String party, Instant begin) {
        return workspace.addConversation(dice.id("CN", 24), own.id(), List.of(party), begin);
    }
}
