package org.openphoneimport.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.Call;
import org.openphoneimport.media.Media;
import org.openphoneimport.message.Message;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.MessageDocument;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.run.Issue;

/** Reads a conversation page by page: its messages, then its calls. */
@ApplicationScoped
class ConversationReader {

    private static final int BAD_REQUEST = 400;

    private final OpenPhone openPhone;

    ConversationReader(OpenPhone openPhone) {
        this.openPhone = openPhone;
    }

    /**
     * Reads to the end. A small conversation is one step; a long one is a step a page, each stored before the next is read.
     *
     * @param store is called with each step, and returns when a step that is not the last has been stored
     */
    void read(Caller caller, OpenConversation conversation, Consumer<Step> store) {
        var reading = new Reading(conversation, conversation.place());
        boolean restarted = false;
        while (true) {
            Place next;
            try {
                next = reading.readPage(caller);
            } catch (OpenPhoneException.Rejected e) {
                if (e.status() == BAD_REQUEST && reading.place.pageToken() != null && !restarted) {
                    // Tokens do not live for ever. What comes again is recognised and not counted twice.
                    var start = reading.place.page(null);
                    store.accept(Step.moved(conversation.id(), reading.from, start));
                    reading = new Reading(conversation, start);
                    restarted = true;
                    continue;
                }
                store.accept(Step.failed(conversation.id(), reading.from, Issue.error(reading.place.stage().text(),
                        "conversation", conversation.id(), e.what(), e.request())));
                return;
            }
            if (next == null) {
                store.accept(reading.step(null));
                return;
            }
            if (next.pageToken() != null) {
                store.accept(reading.step(next));
                reading = new Reading(conversation, next);
            } else {
                reading.place = next;
            }
        }
    }

    /** What has been read since the last step. */
    private final class Reading {

        private final OpenConversation conversation;
        private final Place from;
        private final List<Message.Received> messages = new ArrayList<>();
        private final List<Call.Received> calls = new ArrayList<>();
        private final List<Media.Found> media = new ArrayList<>();
        private final List<Issue> issues = new ArrayList<>();
        private Place place;

        Reading(OpenConversation conversation, Place from) {
            this.conversation = conversation;
            this.from = from;
            this.place = from;
        }

        @Nullable
        Place readPage(Caller caller) {
            return switch (place.stage()) {
                case MESSAGES -> {
                    var page = openPhone.messages(caller, conversation.thread(), place.pageToken());
                    page.items().forEach(this::add);
                    noteUnidentified(page);
                    yield page.nextToken() != null ? place.page(page.nextToken())
                            : conversation.thread().isOneToOne() ? new Place(Place.Stage.CALLS, null) : null;
                }
                case CALLS -> {
                    var page = openPhone.calls(caller, conversation.thread(), place.pageToken());
                    for (var call : page.items()) {
                        calls.add(new Call.Received(conversation.id(), call));
                        noteOddities("call", call.id(), call.oddities());
                    }
                    noteUnidentified(page);
                    yield page.nextToken() != null ? place.page(page.nextToken()) : null;
                }
            };
        }

        Step step(@Nullable Place to) {
            return new Step(conversation.id(), from, to, false, messages, calls, media, issues);
        }

        private void add(MessageDocument message) {
            messages.add(new Message.Received(conversation.id(), message));
            int position = 0;
            for (var file : message.media()) {
                media.add(new Media.Found("message", message.id(), position++, file.url(), file.type()));
            }
            noteOddities("message", message.id(), message.oddities());
        }

        private void noteOddities(String subject, String id, List<String> oddities) {
            if (!oddities.isEmpty()) {
                issues.add(Issue.warning(place.stage().text(), subject, id, String.join("; ", oddities), null));
            }
        }

        private void noteUnidentified(Page<?> page) {
            if (page.withoutId() > 0) {
                issues.add(Issue.warning(place.stage().text(), "conversation", conversation.id(),
                        page.withoutId() + " rows without an id could not be stored", page.request()));
            }
        }
    }
}
