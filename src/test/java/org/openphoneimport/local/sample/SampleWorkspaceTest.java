package org.openphoneimport.local.sample;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@BesideOthers
class SampleWorkspaceTest {

    private static final SampleWorkspace FULL = SampleWorkspace.generate(SampleSettings.defaults());
    private static final SampleWorkspace SMALL = SampleWorkspace.generate(SampleSettings.defaults().withConversations(200));

    @Test
    void the_same_seed_gives_the_same_workspace_to_the_byte() {
        var settings = SampleSettings.defaults().withConversations(300);
        assertThat(everything(SampleWorkspace.generate(settings)))
                .isEqualTo(everything(SampleWorkspace.generate(settings)))
                .isNotEqualTo(everything(SampleWorkspace.generate(settings.withSeed(2))));
    }

    @Test
    void the_default_workspace_has_the_proportions_of_a_real_one() {
        assertThat(FULL.threads().conversationIds()).hasSize(7000);
        assertThat(FULL.threads().messageIds().size()).isCloseTo(25_000, within(1_500));
        assertThat(FULL.calls().ids().size()).isCloseTo(1_000, within(100));
        assertThat(attachments(FULL)).isCloseTo(800L, within(80L));
        assertThat(FULL.directory().phoneNumbers()).hasSize(12);
        assertThat(FULL.directory().users()).hasSize(8);
        assertThat(FULL.directory().contacts()).hasSize(1500);
        assertThat(FULL.calls().groupCalls()).isNotEmpty();
        long single = messagesByConversation(FULL).values().stream().filter(messages -> messages.size() == 1)
                .filter(messages -> messages.getFirst().direction().equals("outgoing")).count();
        assertThat(single).isCloseTo(4667, within(50L));
    }

    @Test
    void any_number_of_conversations_can_be_asked_for() {
        for (int conversations : List.of(0, 1, 2, 3, 7, 19, 20, 21, 57, 199, 350, 999, 1001)) {
            var workspace = SampleWorkspace.generate(SampleSettings.defaults().withConversations(conversations));
            assertThat(workspace.threads().conversationIds()).hasSize(conversations);
        }
    }

    @Test
    void a_small_workspace_has_everything_that_is_hard_to_import() {
        var sizes = messagesByConversation(SMALL).values().stream().map(List::size).sorted(Comparator.reverseOrder()).toList();
        assertThat(sizes.get(0)).isGreaterThan(500);
        assertThat(sizes.get(2)).isGreaterThan(200);
        var conversations = SMALL.threads().conversations();
        assertThat(conversations).anyMatch(conversation -> conversation.participants().size() > 1)
                .anyMatch(conversation -> conversation.lastActivityAt() == null)
                .anyMatch(conversation -> conversation.deletedAt() != null)
                .anyMatch(conversation -> conversation.assignedTo() == null)
                .anyMatch(conversation -> conversation.name() != null);
        var withTexts = messagesByConversation(SMALL).keySet();
        assertThat(conversations).anyMatch(conversation -> !withTexts.contains(conversation.id())
                && conversation.lastActivityAt() != null);
        assertThat(SMALL.calls().groupCalls()).isNotEmpty();
        assertThat(SMALL.calls().calls()).anyMatch(call -> call.answeredAt() == null).anyMatch(SampleCall::answered);
        assertThat(SMALL.calls().voicemails()).isNotEmpty();
        assertThat(SMALL.calls().recordings()).isNotEmpty();
        assertThat(SMALL.calls().calls()).anyMatch(call -> call.answered() && SMALL.calls().voicemails().containsKey(call.id()))
                .anyMatch(call -> !call.answered() && !SMALL.calls().recordings(call.id()).isEmpty());
    }

    @Test
    void some_conversations_share_their_parties_and_keep_their_messages_apart() {
        var pairs = SMALL.threads().conversations().stream().collect(Collectors.groupingBy(
                conversation -> new Parties(conversation.phoneNumberId(), conversation.participants()))).values().stream()
                .filter(conversations -> conversations.size() > 1).toList();
        assertThat(pairs).isNotEmpty();
        var messages = messagesByConversation(SMALL);
        assertThat(pairs).allSatisfy(pair -> {
            assertThat(pair).filteredOn(conversation -> conversation.deletedAt() != null).isNotEmpty();
            assertThat(pair).allMatch(conversation -> messages.containsKey(conversation.id()));
        });
    }

    @Test
    void some_conversations_are_over_numbers_that_were_deleted_or_that_the_owner_cannot_read() {
        var directory = SMALL.directory();
        var used = SMALL.threads().conversations().stream().map(SampleConversation::phoneNumberId)
                .collect(Collectors.toSet());
        assertThat(used).containsAll(directory.deletedNumbers().stream().map(SamplePhoneNumber::id).toList());
        var closed = directory.phoneNumbers().stream().filter(number -> !number.hasMember(directory.owner().id())).toList();
        assertThat(closed).hasSize(1);
        assertThat(closed.getFirst().users()).isNotEmpty();
        assertThat(used).contains(closed.getFirst().id());
    }

    @Test
    void all_phone_numbers_are_fictional() {
        var numbers = FULL.threads().conversations().stream().flatMap(conversation -> conversation.participants().stream());
        var own = FULL.directory().phoneNumbers().stream().map(SamplePhoneNumber::number);
        assertThat(Stream.concat(numbers, own)).allMatch(number -> number.matches("\\+1[2-9]\\d{2}55501\\d{2}"));
    }

    @Test
    void messages_and_calls_share_one_id_space_without_a_clash() {
        var ids = new HashSet<>(FULL.threads().messageIds());
        ids.addAll(FULL.calls().ids());
        assertThat(ids).hasSize(FULL.threads().messageIds().size() + FULL.calls().ids().size())
                .allMatch(id -> id.startsWith("AC"));
    }

    @Test
    void calls_include_the_own_number_on_the_side_of_the_callee() {
        var own = Stream.concat(FULL.directory().phoneNumbers().stream(), FULL.directory().deletedNumbers().stream())
                .collect(Collectors.toMap(SamplePhoneNumber::id, SamplePhoneNumber::number));
        assertThat(FULL.calls().calls()).allSatisfy(call -> assertThat(call.participants()
                .get(call.direction().equals("incoming") ? 1 : 0)).isEqualTo(own.get(call.phoneNumberId())));
    }

    @Test
    void texts_and_times_are_of_every_kind() {
        var messages = FULL.threads().messages();
        assertThat(messages).anyMatch(message -> message.text().length() == 1600)
                .anyMatch(message -> message.text().isEmpty() && !message.attachments().isEmpty())
                .anyMatch(message -> message.text().contains("👍")).anyMatch(message -> message.text().contains("\n"))
                .anyMatch(message -> message.text().contains("مرحبا")).anyMatch(message -> message.media() == null)
                .anyMatch(message -> message.phoneNumberId() == null)
                .anyMatch(message -> message.createdAt().toString().matches(".*:\\d\\dZ"))
                .anyMatch(message -> message.createdAt().toString().matches(".*\\.\\d{3}Z"));
        assertThat(messages).filteredOn(message -> message.direction().equals("incoming"))
                .allMatch(message -> message.userId() == null);
        var together = messages.stream().collect(Collectors.groupingBy(
                message -> message.conversationId() + message.createdAt(), Collectors.counting()));
        assertThat(together.values()).anyMatch(count -> count > 1);
        assertThat(messages).noneMatch(message -> message.createdAt().isAfter(SampleWorkspace.END));
    }

    @Test
    void the_last_activity_of_a_conversation_is_its_newest_message_or_call() {
        var messages = FULL.threads().messageIds();
        assertThat(FULL.threads().conversations()).map(SampleConversation::lastActivityId).filteredOn(Objects::nonNull)
                .allMatch(id -> messages.contains(id) || FULL.calls().call(id).isPresent());
    }

    private static long attachments(SampleWorkspace workspace) {
        return workspace.threads().messages().stream().mapToInt(message -> message.attachments().size()).sum();
    }

    private static Map<String, List<SampleMessage>> messagesByConversation(SampleWorkspace workspace) {
        return workspace.threads().messages().stream().collect(Collectors.groupingBy(SampleMessage::conversationId));
    }

    private static String everything(SampleWorkspace workspace) {
        var directory = workspace.directory();
        var calls = workspace.calls();
        return Stream.of(directory.phoneNumbers(), directory.users(), directory.customFields(),
                sorted(directory.contacts()), sorted(workspace.threads().conversations()),
                sorted(workspace.threads().messages()), sorted(calls.calls()), sorted(calls.groupCalls()),
                sorted(calls.recordings().values()), sorted(calls.voicemails().values()),
                sorted(calls.transcripts().values()), sorted(calls.summaries().values()))
                .map(documents -> Json.tree(documents).toString()).collect(Collectors.joining("\n"));
    }

    private static List<String> sorted(Collection<?> documents) {
        return documents.stream().map(document -> Json.tree(document).toString()).sorted().toList();
    }
}
