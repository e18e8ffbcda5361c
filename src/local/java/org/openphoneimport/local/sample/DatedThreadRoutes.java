package org.openphoneimport.local.sample;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.openphoneimport.local.sample.ApiResource.CONVERSATIONS;
import static org.openphoneimport.local.sample.ApiResource.MESSAGES;

/** Conversations and messages of the whole workspace, as the dated API has them. */
final class DatedThreadRoutes {

    private static final Pattern SORT = Pattern.compile("(createdAt|updatedAt):(asc|desc)");

    private final SampleThreads threads;

    DatedThreadRoutes(SampleWorkspace workspace) {
        this.threads = workspace.threads();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/conversations", CONVERSATIONS,
                        Set.of("phoneNumberId", "createdAt[gte]", "createdAt[lte]", "updatedAt[gte]", "updatedAt[lte]", "sort",
                                "limit", "after"),
                        this::conversations),
                Route.list("/messages", MESSAGES,
                        Set.of("phoneNumberId", "createdAt[gt]", "createdAt[lt]", "limit", "after"), this::messages),
                Route.one("/messages/{messageId}", MESSAGES, this::message));
    }

    private Reply conversations(SampleRequest request, String none) {
        var query = new Query(request, CONVERSATIONS);
        var number = query.optional("phoneNumberId", Query.PHONE_NUMBER);
        var created = query.fromTo("createdAt");
        var updated = query.fromTo("updatedAt");
        var sort = query.optional("sort", SORT).orElse("createdAt:desc");
        return SamplePages.dated(request, CONVERSATIONS).answer(
                sort.startsWith("createdAt") ? threads.createdPages() : threads.updatedPages(),
                sort.endsWith("asc") ? Timeline.Order.OLDEST_FIRST : Timeline.Order.NEWEST_FIRST,
                conversation -> threads.listed(conversation) && created.test(conversation.createdAt())
                        && updated.test(conversation.updatedAt())
                        && number.filter(id -> !id.equals(conversation.phoneNumberId())).isEmpty(),
                DatedThreadRoutes::dated);
    }

    private Reply messages(SampleRequest request, String none) {
        var query = new Query(request, MESSAGES);
        var number = query.optional("phoneNumberId", Query.PHONE_NUMBER);
        var created = query.between("createdAt");
        return SamplePages.dated(request, MESSAGES).answer(threads.allMessagePages(), Timeline.Order.NEWEST_FIRST,
                (SampleMessage message) -> created.test(message.createdAt())
                        && number.filter(id -> !id.equals(message.phoneNumberId())).isEmpty(),
                DatedThreadRoutes::dated);
    }

    private Reply message(SampleRequest request, String id) {
        return threads.message(id).map(DatedThreadRoutes::dated).map(Route::data).orElseThrow(() -> MESSAGES.notFound(id));
    }

    private static JsonNode dated(SampleConversation conversation) {
        ObjectNode document = Json.object(conversation);
        document.remove("assignedTo");
        return document;
    }

    /** Attachments are always there; what v1 writes as null may be absent. */
    private static JsonNode dated(SampleMessage message) {
        ObjectNode document = Json.object(message);
        document.set("media", Json.tree(message.attachments()));
        if (message.userId() == null) {
            document.remove("userId");
        }
        return document;
    }
}
