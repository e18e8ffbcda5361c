package org.openphoneimport.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.document.SampleMessage.Attachment;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;

/** Makes the texts of one conversation. */
final class MessageGenerator {

    /** Gives some 800 attachments on the 20,000 texts that are no single ones. */
    private static final double WITH_MEDIA = 0.030;

    /** v1 has attachments since then; older texts may lack the field. */
    private static final Instant MEDIA_SINCE = Instant.parse("2026-08-21T00:00:00Z");

    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private final Dice dice;

    MessageGenerator(long seed) {
        this(new Dice(seed, "messages"));
    }

    MessageGenerator(Dice dice) {
        this.dice = dice;
    }

    /** Returns that many texts between the two times, oldest first; now and then two in the same millisecond. */
    List<SampleMessage> thread(SampleConversation conversation, SamplePhoneNumber own, int count, Instant from, Instant to) {
        var times = new ArrayList<>(IntStream.range(0, count).mapToObj(i -> dice.time(from, to)).sorted().toList());
        for (int i = 1; i < count; i++) {
            if (dice.chance(0.03)) {
                times.set(i, times.get(i - 1));
            }
        }
        return times.stream().map(time -> dice.chance(0.5)
                ? incoming(conversation, own, time)
                : outgoing(conversation, own, time, WITH_MEDIA)).toList();
    }

    /** Returns that many texts from the other party between the two times, oldest first. */
    List<SampleMessage> incoming(SampleConversation conversation, SamplePhoneNumber own, int count, Instant from, Instant to) {
        return IntStream.range(0, count).mapToObj(i -> dice.time(from, to)).sorted()
                .map(time -> incoming(conversation, own, time)).toList();
    }

    /** Returns one text without an answer. */
    SampleMessage single(SampleConversation conversation, SamplePhoneNumber own, Instant time) {
        return outgoing(conversation, own, time, 0);
    }

    private SampleMessage incoming(SampleConversation conversation, SamplePhoneNumber own, Instant time) {
        var from = dice.pick(conversation.participants());
        var to = new ArrayList<>(conversation.participants());
        to.remove(from);
        to.addFirst(own.number());
        return message(conversation, from, to, "incoming", null, "received", time, time, WITH_MEDIA);
    }

    private SampleMessage outgoing(SampleConversation conversation, SamplePhoneNumber own, Instant time, double withMedia) {
        return message(conversation, own.number(), conversation.participants(), "outgoing", dice.pick(own.users()).id(),
                outgoingStatus(), time, dice.time(time, time.plus(DELIVERY)), withMedia);
    }

    private SampleMessage message(SampleConversation conversation, String from, List<String> to, String direction,
            @Nullable String userId, String status, Instant time, Instant updated, double withMedia) {
        var id = dice.hexId("AC", 32);
        var media = dice.chance(withMedia) ? attachments(id) : List.<Attachment> of();
        boolean absent = media.isEmpty() && time.isBefore(MEDIA_SINCE) && dice.chance(0.2);
        var text = !media.isEmpty() && dice.chance(0.4) ? "" : Words.text(dice);
        return new SampleMessage(id, List.copyOf(to), from, text, dice.chance(0.005) ? null : conversation.phoneNumberId(),
                conversation.id(), direction, userId, status, time, updated, absent ? null : media);
    }

    private List<Attachment> attachments(String messageId) {
        return IntStream.range(0, dice.chance(0.8) ? 1 : dice.between(2, 4)).mapToObj(index -> {
            var extension = dice.pick(List.of("jpg", "jpg", "jpg", "png", "gif", "mp4", "pdf", "vcf"));
            var url = SampleMedia.url("messages", messageId + "-" + index, extension);
            return new Attachment(url, dice.chance(0.05) ? null : SampleMedia.contentType(url));
        }).toList();
    }

    private String outgoingStatus() {
        int percent = dice.between(1, 100);
        return percent <= 93 ? "delivered" : percent <= 96 ? "sent" : percent <= 99 ? "undelivered" : "queued";
    }
}
