package org.openphoneimport.reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.conversation.ThreadKey;
import org.openphoneimport.directory.PhoneNumber;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.message.Message;

/**
 * Finds the conversations that rows belong to where OpenPhone does not name them, by number and parties: calls never do,
 * messages should.
 */
@ApplicationScoped
class ConversationMatcher {

    /** Calls with their conversations; a call between parties of whom no conversation is known has none. */
    @Transactional(TxType.REQUIRES_NEW)
    List<Call.Received> calls(List<CallDocument> documents) {
        var own = PhoneNumber.numbersById();
        var keys = new HashMap<String, List<String>>();
        documents.forEach(call -> keys.put(call.id(), keys(call.phoneNumberId(), call.participants(), own)));
        var conversations = found(keys);
        return documents.stream().map(call -> new Call.Received(conversations.get(call.id()), call)).toList();
    }

    /** Messages with their conversations; what belongs to none that is known, to one of the number alone. */
    @Transactional(TxType.REQUIRES_NEW)
    List<Message.Received> messages(List<MessageDocument> documents) {
        var nameless = documents.stream().filter(message -> message.conversationId() == null).toList();
        var own = nameless.isEmpty() ? Map.<String, String> of() : PhoneNumber.numbersById();
        var keys = new HashMap<String, List<String>>();
        nameless.forEach(message -> keys.put(message.id(), keys(message.phoneNumberId(),
                Stream.concat(Stream.ofNullable(message.from()), message.to().stream()).toList(), own)));
        var conversations = found(keys);
        return documents.stream().map(message -> new Message.Received(
                conversations.getOrDefault(message.id(), "unidentified-" + message.phoneNumberId()), message)).toList();
    }

    private static Map<String, String> found(Map<String, List<String>> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var threads = Conversation.idsByThread(keys.values().stream().flatMap(List::stream).distinct().toList());
        var found = new HashMap<String, String>();
        keys.forEach((row, candidates) -> candidates.stream().map(threads::get).filter(Objects::nonNull).findFirst()
                .ifPresent(conversation -> found.put(row, conversation)));
        return found;
    }

    /**
     * What a conversation of these parties may be called, the likeliest first: all of them but our own number. Of a number that
     * has been deleted, or that was another one then, it is unknown which of the parties it was.
     */
    static List<String> keys(@Nullable String phoneNumberId, List<String> parties,
            Map<String, String> ownNumbers) {
        var id = phoneNumberId != null ? phoneNumberId
                : ownNumbers.entrySet().stream().filter(number -> parties.contains(number.getValue())).map(Map.Entry::getKey)
                        .findFirst().orElse(null);
        if (id == null) {
            return List.of();
        }
        var own = ownNumbers.get(id);
        var perhapsOwn = own != null && parties.contains(own) ? List.of(own) : parties.stream().distinct().toList();
        var keys = new ArrayList<@Nullable String>();
        for (var left : perhapsOwn) {
            keys.add(ThreadKey.of(id, parties.stream().filter(party -> !party.equals(left)).toList()));
        }
        // Where our own number is known, and is none of them, all may be others.
        keys.add(own != null && !parties.contains(own) ? 0 : keys.size(), ThreadKey.of(id, parties));
        return keys.stream().filter(Objects::nonNull).toList();
    }
}
