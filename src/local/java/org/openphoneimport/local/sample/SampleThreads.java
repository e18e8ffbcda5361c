package org.openphoneimport.local.sample;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.document.SampleMessage;

/** The conversations and their messages. May be changed while the server runs; each change is seen whole or not at all. */
public final class SampleThreads {

    private final Map<String, SampleConversation> conversations = new ConcurrentHashMap<>();
    private final Map<String, SampleMessage> messages = new ConcurrentHashMap<>();
    private final Map<Parties, Timeline<SampleMessage>> messagePages = new ConcurrentHashMap<>();
    private final Timeline<SampleMessage> allMessagePages = pages();
    private final Timeline<SampleConversation> conversationPages = new Timeline<>(SampleConversation::id,
            SampleConversation::lastActivityAt);
    private final Timeline<SampleConversation> createdPages = new Timeline<>(SampleConversation::id,
            SampleConversation::createdAt);
    private final Timeline<SampleConversation> updatedPages = new Timeline<>(SampleConversation::id,
            SampleConversation::updatedAt);
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();

    SampleThreads() {
    }

    /** Returns the ids of all conversations, deleted ones included. */
    public Set<String> conversationIds() {
        return Collections.unmodifiableSet(new TreeSet<>(conversations.keySet()));
    }

    /** Returns all conversations, in no order. */
    public List<SampleConversation> conversations() {
        return List.copyOf(conversations.values());
    }

    /** Returns the conversation with that id. */
    public Optional<SampleConversation> conversation(String id) {
        return Optional.ofNullable(conversations.get(id));
    }

    /** Returns the ids of all messages. */
    public Set<String> messageIds() {
        return Collections.unmodifiableSet(new TreeSet<>(messages.keySet()));
    }

    /** Returns all messages, in no order. */
    public List<SampleMessage> messages() {
        return List.copyOf(messages.values());
    }

    /** Returns the message with that id. */
    public Optional<SampleMessage> message(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** Adds a conversation, or replaces the one with its id; parties of an existing one may not change. */
    public synchronized void put(SampleConversation conversation) {
        conversations.put(conversation.id(), conversation);
        conversationPages.put(conversation);
        createdPages.put(conversation);
        updatedPages.put(conversation);
    }

    /** Adds a message to its conversation, which thereby moves to the front if the message is the newest; or replaces one. */
    public synchronized void put(SampleMessage message) {
        var conversation = known(message.conversationId());
        messages.put(message.id(), message);
        messagePages.computeIfAbsent(partiesOf(conversation), parties -> pages()).put(message);
        allMessagePages.put(message);
        put(conversation.withActivity(message.id(), message.createdAt()));
    }

    /** Changes a message's status at that time; nothing else shows that something changed. */
    public synchronized void changeStatus(String messageId, String status, Instant at) {
        var message = message(messageId).orElseThrow().withStatus(status, at);
        messages.put(messageId, message);
        messagePages(partiesOf(known(message.conversationId()))).put(message);
        allMessagePages.put(message);
    }

    /** Moves a conversation to the front because of something that is not a message. */
    synchronized void touch(String conversationId, String activityId, Instant at) {
        put(known(conversationId).withActivity(activityId, at));
    }

    /** Takes a conversation out of all listings; what belongs to it can still be had. */
    public void unlist(String conversationId) {
        unlisted.add(known(conversationId).id());
    }

    boolean listed(SampleConversation conversation) {
        return !unlisted.contains(conversation.id());
    }

    /** By the time they were created. */
    Timeline<SampleConversation> createdPages() {
        return createdPages;
    }

    /** By the time they were updated. */
    Timeline<SampleConversation> updatedPages() {
        return updatedPages;
    }

    /** Of the whole workspace. */
    Timeline<SampleMessage> allMessagePages() {
        return allMessagePages;
    }

    Timeline<SampleConversation> conversationPages() {
        return conversationPages;
    }

    Timeline<SampleMessage> messagePages(Parties parties) {
        return messagePages.getOrDefault(parties, pages());
    }

    private SampleConversation known(String conversationId) {
        return conversation(conversationId)
                .orElseThrow(() -> new IllegalArgumentException("There is no conversation " + conversationId));
    }

    private static Timeline<SampleMessage> pages() {
        return new Timeline<>(SampleMessage::id, SampleMessage::createdAt);
    }

    private static Parties partiesOf(SampleConversation conversation) {
        return new Parties(conversation.phoneNumberId(), conversation.participants());
    }
}
