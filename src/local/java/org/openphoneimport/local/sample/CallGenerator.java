package org.openphoneimport.local.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;

/** Makes calls: answered ones, missed ones, forwarded ones, and some that the AI agent took. */
final class CallGenerator {

    static final String AGENT = "SYUsampleAgent1";

    static final int RINGING = 12;

    private final Dice dice;

    CallGenerator(long seed) {
        this(new Dice(seed, "calls"));
    }

    CallGenerator(Dice dice) {
        this.dice = dice;
    }

    /** Returns a call between the conversation's parties; with several of them v1 cannot return it. */
    SampleCall call(SampleConversation conversation, SamplePhoneNumber own, Instant time) {
        return dice.chance(0.55) ? incoming(conversation, own, time) : outgoing(conversation, own, time);
    }

    SampleCall incoming(SampleConversation conversation, SamplePhoneNumber own, Instant time) {
        var participants = new ArrayList<>(conversation.participants());
        participants.add(own.number());
        var user = dice.pick(own.users()).id();
        var route = dice.pick(List.of("phone-number", "phone-number", "phone-menu"));
        var id = dice.hexId("AC", 32);
        var status = dice.pick(List.of("completed", "completed", "completed", "completed", "answered", "missed", "missed",
                "no-answer", "forwarded", "abandoned"));
        boolean answered = status.equals("completed") || status.equals("answered");
        boolean agent = answered && dice.chance(0.06);
        int seconds = answered ? dice.around(5, 140, 3600) : 0;
        var end = time.plusSeconds(RINGING + seconds);
        return new SampleCall(answered ? time.plusSeconds(RINGING) : null, answered ? agent ? AGENT : user : null, null,
                "incoming", status, end, time, dice.chance(0.05) ? null : route, seconds,
                dice.chance(0.02) ? conversation.participants().getFirst() : null,
                status.equals("forwarded") ? dice.pick(own.users()).id() : null, agent ? "ai-agent" : null, id,
                conversation.phoneNumberId(), List.copyOf(participants), dice.chance(0.05) ? null : end, user);
    }

    private SampleCall outgoing(SampleConversation conversation, SamplePhoneNumber own, Instant time) {
        var participants = new ArrayList<>(conversation.participants());
        participants.addFirst(own.number());
        var user = dice.pick(own.users()).id();
        var id = dice.hexId("AC", 32);
        var status = dice.pick(List.of("completed", "completed", "completed", "completed", "completed", "no-answer",
                "no-answer", "busy", "failed", "canceled"));
        boolean answered = status.equals("completed");
        int seconds = answered ? dice.around(5, 170, 3600) : 0;
        var end = time.plusSeconds(RINGING + seconds);
        return new SampleCall(answered ? time.plusSeconds(RINGING) : null, null, user, "outgoing", status,
                status.equals("failed") ? null : end, time, null, seconds, null, null, null, id,
                conversation.phoneNumberId(), List.copyOf(participants), dice.chance(0.05) ? null : end, user);
    }
}
