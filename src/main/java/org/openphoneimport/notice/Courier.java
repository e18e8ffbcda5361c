package org.openphoneimport.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.jboss.logging.Logger;

/** Delivers what was noted, by each channel that is configured. */
@ApplicationScoped
public class Courier {

    private static final Logger LOG = Logger.getLogger(Courier.class);

    // A run may take that long.
    private static final Duration GRACE = Duration.ofHours(2);

    // Of one channel in one go; the rest a minute later.
    private static final int MOST = 20;

    private final List<Channel> channels;
    private final ChannelTable table;
    private final Notices notices;
    private final Deliveries deliveries;
    private final Letters letters;
    private final NotifyConfig config;
    private final Instance<Schedule> schedule;

    Courier(Webhook webhook, Mailbox mailbox, ChannelTable table, Notices notices, Deliveries deliveries, Letters letters,
            NotifyConfig config, Instance<Schedule> schedule) {
        this.channels = List.of(webhook, mailbox);
        this.table = table;
        this.notices = notices;
        this.deliveries = deliveries;
        this.letters = letters;
        this.config = config;
        this.schedule = schedule;
    }

    /** Sends what is due. Two at once send nothing twice. */
    public void deliver() {
        var configured = channels.stream().filter(channel -> channel.target().isPresent()).toList();
        if (table.show(configured)) {
            deliveries.giveUp();
        }
        if (!configured.isEmpty()) {
            allowedAge().ifPresent(notices::noteOverdue);
            deliveries.address(config.about());
            configured.forEach(this::deliver);
        }
    }

    private Optional<Duration> allowedAge() {
        return config.overdue().or(() -> schedule.stream().findFirst().flatMap(Schedule::period).map(GRACE::plus));
    }

    /** After a failure others would fail as well: the channel rests until the next time. */
    private void deliver(Channel channel) {
        for (int i = 0; i < MOST; i++) {
            var due = deliveries.take(channel.name());
            if (due.isEmpty() || !isSent(due.get(), channel)) {
                return;
            }
        }
    }

    private boolean isSent(Deliveries.Due due, Channel channel) {
        var notice = due.notice();
        try {
            channel.send(letters.of(notice));
            deliveries.delivered(notice.id(), channel.name());
            LOG.infof("Delivered notice %s (%s) by %s", notice.id(), notice.kind().text(), channel.name());
            return true;
        } catch (NotSentException e) {
            if (deliveries.failed(due, channel.name(), e.getMessage())) {
                LOG.warnf("Failed to deliver notice %s (%s) by %s, attempt %d: %s", notice.id(), notice.kind().text(),
                        channel.name(), due.attempt(), e.getMessage());
            } else {
                LOG.errorf("Notice %s (%s) is given up after %d attempts by %s: %s", notice.id(), notice.kind().text(),
                        due.attempt(), channel.name(), e.getMessage());
            }
            return false;
        }
    }
}
