package org.openphoneimport.local.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import static org.openphoneimport.local.sample.ApiResource.CONVERSATIONS;
import static org.openphoneimport.local.sample.ApiResource.MESSAGES;

/** Conversations, and the messages of one of them. */
final class ThreadRoutes {

    static final int MOST_RESULTS = 100;

    private static final Pattern NUMBER_OR_ID = Pattern.compile("\\+[1-9]\\d{1,14}|PN.*");
    private static final int MOST_PARTICIPANTS = 10;

    private final SampleThreads threads;
    private final SampleDirectory directory;
    private final Access access;
    private final SamplePlan plan;

    ThreadRoutes(SampleWorkspace workspace) {
        this.threads = workspace.threads();
        this.directory = workspace.directory();
        this.access = new Access(directory);
        this.plan = workspace.plan();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/v1/conversations", CONVERSATIONS,
                        Set.of("phoneNumber", "phoneNumbers", "userId", "createdAfter", "createdBefore", "excludeInactive",
                                "updatedAfter", "updatedBefore", "maxResults", "pageToken"),
                        this::conversations),
                Route.list("/v1/messages", MESSAGES,
                        Set.of("phoneNumberId", "userId", "participants", "since", "createdAfter", "createdBefore",
                                "maxResults", "pageToken"),
                        this::messages),
                Route.one("/v1/messages/{id}", MESSAGES, this::message));
    }

    private Reply conversations(SampleRequest request, String none) {
        var query = new Query(request, CONVERSATIONS);
        var numbers = numbers(query);
        var user = query.optional("userId", Query.USER);
        var created = query.within("created");
        var updated = query.within("updated");
        boolean activeOnly = query.flag("excludeInactive");
        return new SamplePages(request, CONVERSATIONS, MOST_RESULTS).answer(threads.conversationPages(),
                conversation -> threads.listed(conversation) && (plan.showsUnusualThreads() || isUsual(conversation))
                        && created.test(conversation.createdAt())
                        && updated.test(conversation.updatedAt())
                        && (numbers.isEmpty() || over(numbers, conversation))
                        && (user.isEmpty() || access.allowed(user.get(), conversation.phoneNumberId()))
                        // what inactive means is not documented; here it is deleted
                        && !(activeOnly && conversation.deletedAt() != null));
    }

    private static boolean isUsual(SampleConversation conversation) {
        return conversation.participants().stream().allMatch(party -> Query.E164.matcher(party).matches());
    }

    private static List<String> numbers(Query query) {
        var numbers = new ArrayList<>(query.array("phoneNumbers", NUMBER_OR_ID));
        if (numbers.isEmpty()) {
            query.optional("phoneNumber", NUMBER_OR_ID).ifPresent(numbers::add);
        }
        return numbers;
    }

    private boolean over(List<String> numbers, SampleConversation conversation) {
        return numbers.contains(conversation.phoneNumberId()) || directory.numberEverKnown(conversation.phoneNumberId())
                .filter(own -> numbers.contains(own.number())).isPresent();
    }

    private Reply messages(SampleRequest request, String none) {
        var query = new Query(request, MESSAGES);
        var phoneNumberId = query.required("phoneNumberId", Query.PHONE_NUMBER);
        var participants = query.requiredArray("participants", Query.E164);
        if (participants.size() > MOST_PARTICIPANTS) {
            throw MESSAGES.badParameter("participants", "Expected array length to be less or equal to 10", participants,
                    "array");
        }
        var created = query.within("created");
        var since = query.since();
        var paging = new SamplePages(request, MESSAGES, MOST_RESULTS);
        access.checkKnown(MESSAGES, phoneNumberId);
        plan.checkSubscription(MESSAGES);
        plan.checkNumber(MESSAGES, phoneNumberId);
        // Of calls userId is who may see them, of messages who sent them.
        var sender = query.optional("userId", Query.USER);
        return paging.answer(threads.messagePages(new Parties(phoneNumberId, participants)),
                (SampleMessage message) -> created.test(message.createdAt()) && since.test(message.createdAt())
                        && (sender.isEmpty() || sender.get().equals(message.userId())));
    }

    private Reply message(SampleRequest request, String id) {
        plan.checkSubscription(MESSAGES);
        return threads.message(id).map(Route::data).orElseThrow(() -> MESSAGES.notFound(id));
    }
}
