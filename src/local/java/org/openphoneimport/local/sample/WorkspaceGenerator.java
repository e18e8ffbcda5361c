package org.openphoneimport.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.openphoneimport.local.sample.ThreadPlan.Kind;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;

/** Puts a workspace together, conversation by conversation. */
final class WorkspaceGenerator {

    private static final Duration HISTORY = Duration.ofDays(4 * 365);
    private static final Duration LONGEST_THREAD = Duration.ofDays(200);
    private static final double CONTACTS_EACH = 1_500 / 7_000d;

    private final SampleSettings settings;
    private final Instant start = SampleWorkspace.END.minus(HISTORY);
    private final Dice dice;
    private final FictionalNumbers numbers;
    private final SampleWorkspace workspace;
    private final List<SamplePhoneNumber> ownNumbers;
    private final MessageGenerator messages;
    private final CallGenerator calls;
    private final CallPartGenerator parts;
    private final CallPartGenerator rareParts;
    private int others;

    WorkspaceGenerator(SampleSettings settings) {
        long seed = settings.seed();
        this.settings = settings;
        this.dice = new Dice(seed, "threads");
        this.numbers = new FictionalNumbers(seed);
        this.workspace = new SampleWorkspace(new DirectoryGenerator(seed, numbers, start).generate());
        this.ownNumbers = IntStream.range(0, DirectoryGenerator.NUMBERS + DirectoryGenerator.DELETED)
                .mapToObj(numbers::own).map(this::ownNumber).toList();
        this.messages = new MessageGenerator(seed);
        this.calls = new CallGenerator(seed);
        this.parts = new CallPartGenerator(seed, workspace.calls());
        this.rareParts = CallPartGenerator.rare(seed, workspace.calls());
    }

    SampleWorkspace generate() {
        int index = 0;
        for (var plan : ThreadPlan.forWorkspace(settings.conversations(), settings.pageSize(), dice)) {
            addThread(plan, index++);
        }
        addContacts();
        if (settings.unusualThreads() > 0) {
            new UnusualThreadGenerator(settings.seed(), workspace, start).add(settings.unusualThreads());
        }
        new ExtrasGenerator(settings.seed(), workspace).addTo();
        return workspace;
    }

    private void addThread(ThreadPlan plan, int index) {
        var own = ownNumbers.get(ownIndex(index));
        int size = plan.kind() == Kind.GROUP ? dice.between(2, 9) : 1;
        var participants = IntStream.range(0, size).mapToObj(i -> numbers.other(others++)).toList();
        var from = dice.time(start, SampleWorkspace.END.minus(Duration.ofHours(1)));
        var to = earlier(from.plus(LONGEST_THREAD), SampleWorkspace.END);
        if (plan.twin()) {
            addTwin(own, participants, from);
        }
        var conversation = conversation(own, participants, from);
        workspace.threads().put(conversation);
        addMessages(plan, conversation, own, from, to);
        IntStream.range(0, plan.calls()).forEach(i -> addCall(conversation, own, dice.time(from, to)));
        if (dice.chance(0.005)) {
            delete(conversation.id());
        }
    }

    /** One in 29 conversations is over each deleted number, and over the one that the key's owner cannot read. */
    private static int ownIndex(int index) {
        return switch (index % 29) {
            case 7 -> DirectoryGenerator.NUMBERS;
            case 13 -> DirectoryGenerator.NUMBERS + 1;
            case 19 -> DirectoryGenerator.NUMBERS - 1;
            default -> index % (DirectoryGenerator.NUMBERS - 1);
        };
    }

    private void addMessages(ThreadPlan plan, SampleConversation conversation, SamplePhoneNumber own, Instant from,
            Instant to) {
        if (plan.kind() == Kind.SINGLE_TEXT) {
            workspace.threads().put(messages.single(conversation, own, from));
        } else {
            messages.thread(conversation, own, plan.messages(), from, to).forEach(workspace.threads()::put);
        }
    }

    /** Adds the older of two conversations with the same parties, which ended when the newer one began. */
    private void addTwin(SamplePhoneNumber own, List<String> participants, Instant end) {
        var from = end.minus(Duration.ofDays(dice.between(1, 60)));
        var twin = conversation(own, participants, from);
        workspace.threads().put(twin);
        messages.thread(twin, own, dice.between(2, 12), from, end).forEach(workspace.threads()::put);
        delete(twin.id());
    }

    private void addCall(SampleConversation conversation, SamplePhoneNumber own, Instant time) {
        var call = calls.call(conversation, own, time);
        workspace.addCall(call, conversation.id());
        parts.addTo(call);
        rareParts.addRareTo(call);
    }

    private void delete(String conversationId) {
        var conversation = workspace.threads().conversation(conversationId).orElseThrow();
        var last = conversation.lastActivityAt() == null ? conversation.updatedAt() : conversation.lastActivityAt();
        workspace.threads().put(conversation.deleted(last == null ? start : last));
    }

    private SampleConversation conversation(SamplePhoneNumber own, List<String> participants, Instant from) {
        var assigned = dice.chance(0.02) ? CallGenerator.AGENT : dice.maybe(0.3, () -> dice.pick(own.users()).id());
        var muted = dice.maybe(0.01, () -> from.plus(Duration.ofDays(365)));
        var snoozed = dice.maybe(0.01, () -> from.plus(Duration.ofDays(7)));
        var name = dice.maybe(0.05, () -> dice.pick(Words.FIRST_NAMES) + " " + dice.pick(Words.LAST_NAMES));
        // the document allows null here, and does not say when
        boolean dated = !dice.chance(0.003);
        return new SampleConversation(assigned, dated ? from : null, null, dice.id("CN", 24), null, null, muted, name,
                participants, own.id(), snoozed, dated ? from : null);
    }

    private void addContacts() {
        var contacts = new ContactGenerator(settings.seed(), workspace.directory(), start);
        for (int i = 0; i < Math.round(settings.conversations() * CONTACTS_EACH); i++) {
            workspace.directory().put(contacts.contact(i, numbers.other(i * 4)));
        }
    }

    private SamplePhoneNumber ownNumber(String number) {
        var directory = workspace.directory();
        return directory.phoneNumbers().stream().filter(own -> own.number().equals(number)).findFirst()
                .or(() -> directory.deletedNumbers().stream().filter(own -> own.number().equals(number)).findFirst())
                .orElseThrow();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
