package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Where notices go, and what came of the last ones.
 *
 * @param configured whether any are sent
 * @param sentence the same in words, as the page has it
 * @param trouble why the last one could not be delivered, in words; null where it was, or nothing was to be told
 * @param channels on which they go, as keep-runs uses them
 * @param notices the newest
 */
@RegisterForReflection
public record NoticesView(boolean configured, String sentence, @Nullable String trouble, List<Channel> channels,
        List<Notice> notices) {

    /**
     * A way on which notices go.
     *
     * @param channel webhook or mail
     * @param target host of the webhook, or addresses of mail
     * @param obstacle what is wrong with the configuration; null when nothing is
     * @param since when it is configured
     */
    @RegisterForReflection
    public record Channel(String channel, String target, @Nullable String obstacle, Instant since) {

        private String words() {
            return "to " + target + " by " + channel;
        }
    }

    /**
     * Something that was to be told.
     *
     * @param id the webhook-id of its posts
     * @param type such as {@code run.failed}
     * @param runId null where it is about no run
     * @param notedAt when it happened
     * @param deliveries one for each channel; none where it was not to be told
     */
    @RegisterForReflection
    public record Notice(String id, String type, @Nullable String runId, Instant notedAt, List<Delivery> deliveries) {
    }

    /**
     * What came of a notice on one channel.
     *
     * @param attempts how often it was tried
     * @param dueAt when it is tried next; null when it will not be
     * @param trouble why the last attempt failed
     * @param deliveredAt when the receiver took it
     * @param givenUpAt when it was given up
     */
    @RegisterForReflection
    public record Delivery(String channel, int attempts, @Nullable Instant dueAt, @Nullable String trouble,
            @Nullable Instant deliveredAt, @Nullable Instant givenUpAt) {
    }

    static NoticesView of(List<Channel> channels, List<Notice> notices) {
        return new NoticesView(!channels.isEmpty(), channels.isEmpty()
                ? "Notices are not configured: with NOTIFY_WEBHOOK_URL or NOTIFY_MAIL_TO you are told when a run ends, waits for "
                        + "you or is overdue."
                : "Notices go " + channels.stream().map(Channel::words).collect(Collectors.joining(", and ")) + ".",
                trouble(channels, notices), channels, notices);
    }

    private static @Nullable String trouble(List<Channel> channels, List<Notice> notices) {
        var told = channels.stream().map(channel -> trouble(channel, notices)).filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
        return told.isEmpty() ? null : told;
    }

    /** What is said of the last that was tried on a channel. */
    private static String trouble(Channel channel, List<Notice> notices) {
        if (channel.obstacle() != null) {
            return channel.obstacle() + ".";
        }
        return notices.stream().flatMap(notice -> notice.deliveries().stream())
                .filter(delivery -> delivery.channel().equals(channel.channel()) && delivery.attempts() > 0).findFirst()
                .filter(delivery -> delivery.deliveredAt() == null && delivery.trouble() != null)
                .map(delivery -> "The last one could not be delivered by %s: %s. It %s.".formatted(channel.channel(),
                        delivery.trouble(), delivery.givenUpAt() == null ? "is tried again automatically" : "was given up"))
                .orElse("");
    }
}
