package org.openphoneimport.local.sample;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleNote;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.document.SampleShare;
import org.openphoneimport.local.sample.document.SampleTask;
import org.openphoneimport.local.sample.document.SampleUser;

/** Makes tasks, notes and shares, with dice of their own: what else there is does not depend on them. */
final class ExtrasGenerator {

    private static final double TASKS_EACH = 0.03;
    private static final double WITH_NOTES = 0.1;
    private static final double WITH_FILE = 0.4;

    private final SampleWorkspace workspace;
    private final SampleExtras extras;
    private final Dice dice;
    private final List<SampleUser> users;

    ExtrasGenerator(long seed, SampleWorkspace workspace) {
        this.workspace = workspace;
        this.extras = workspace.extras();
        this.dice = new Dice(seed, "extras");
        this.users = workspace.directory().users();
    }

    void addTo() {
        var conversations = workspace.threads().conversations().stream()
                .sorted((one, other) -> one.id().compareTo(other.id())).toList();
        long tasks = Math.round(conversations.size() * TASKS_EACH);
        for (int i = 0; i < Math.max(Math.min(conversations.size(), 3), tasks); i++) {
            extras.put(task(i, dice.pick(conversations)));
        }
        workspace.directory().phoneNumbers().stream().map(SamplePhoneNumber::id).filter(id -> dice.chance(0.25))
                .forEach(id -> extras.recording(id, false));
        workspace.directory().contacts().stream().sorted((one, other) -> one.id().compareTo(other.id())).forEach(this::add);
    }

    /** Every third is open, completed or deleted. */
    private SampleTask task(int index, SampleConversation conversation) {
        var created = dice.time(SampleWorkspace.END.minus(Duration.ofDays(300)), SampleWorkspace.END);
        var assigned = dice.maybe(0.7, () -> user());
        return new SampleTask(dice.id("TK", 12), dice.maybe(0.9, () -> Words.text(dice)),
                dice.maybe(0.4, () -> Words.text(dice)),
                List.of("open", "completed", "deleted").get(index % 3),
                dice.maybe(0.5, () -> dice.time(created, created.plus(Duration.ofDays(30)))), assigned,
                assigned == null ? null : dice.chance(0.1) ? CallGenerator.AGENT : user(), user(), created,
                conversation.phoneNumberId(), dice.maybe(0.9, conversation::id), dice.maybe(0.2, () -> dice.hexId("AC", 32)),
                dice.between(1, 9));
    }

    private void add(SampleContact contact) {
        if (dice.chance(WITH_NOTES)) {
            IntStream.range(0, dice.between(1, 3)).forEach(i -> extras.put(contact.id(), note(contact)));
        }
        extras.put(new SampleShare(contact.id(), dice.chance(0.9) ? SampleWebhooks.ORGANIZATION : user(),
                contact.createdAt()));
    }

    private SampleNote note(SampleContact contact) {
        var id = dice.hexId("", 24);
        var created = dice.time(contact.createdAt(), SampleWorkspace.END);
        var files = IntStream.range(0, dice.chance(WITH_FILE) ? dice.between(1, 2) : 0).mapToObj(index -> {
            var url = SampleMedia.url("notes", id + "-" + index, dice.pick(List.of("jpg", "png", "pdf")));
            return new SampleNote.Attachment(url, dice.maybe(0.9, () -> SampleMedia.contentType(url)),
                    dice.maybe(0.8, () -> "photo " + index + url.substring(url.lastIndexOf('.'))));
        }).toList();
        return new SampleNote(id, Words.text(dice) + (dice.chance(0.3) ? " @" + user() : ""), files, created,
                dice.time(created, SampleWorkspace.END), user());
    }

    private String user() {
        return dice.pick(users).id();
    }
}
