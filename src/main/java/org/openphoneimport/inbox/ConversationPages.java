package org.openphoneimport.inbox;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Address;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.Frames;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.frame.PartyTitle;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.thread.Bound;
import org.openphoneimport.thread.ContactNotes;
import org.openphoneimport.thread.ConversationSearch;
import org.openphoneimport.thread.Entry;
import org.openphoneimport.thread.Gaps;
import org.openphoneimport.thread.ThreadHead;
import org.openphoneimport.thread.Threads;
import org.openphoneimport.thread.Wanted;

/** Reads the pages of conversations, each at one moment. */
@ApplicationScoped
class ConversationPages {

    private static final int CONVERSATIONS = 50;
    private static final int ENTRIES = 50;
    private static final int GAPS = 50;

    private final Snapshot snapshot;
    private final Frames frames;
    private final ConversationSearch search;
    private final Threads threads;
    private final ContactNotes notes;
    private final Gaps gaps;

    ConversationPages(Snapshot snapshot, Frames frames, ConversationSearch search, Threads threads, ContactNotes notes,
            Gaps gaps) {
        this.snapshot = snapshot;
        this.frames = frames;
        this.search = search;
        this.threads = threads;
        this.notes = notes;
        this.gaps = gaps;
    }

    /** @param before where the page begins; null for the first */
    ConversationsPage list(String typed, @Nullable String before) {
        var wanted = Wanted.of(typed);
        var bound = Bound.read(before).orElse(null);
        return snapshot.read(() -> {
            var found = search.read(wanted, bound, CONVERSATIONS + 1);
            var address = Address.ofSearch(wanted.text());
            return new ConversationsPage(frames.reading("Conversations"), wanted.text(),
                    found.stream().limit(CONVERSATIONS).map(ConversationsPage.Line::of).toList(),
                    bound == null ? null : address,
                    found.size() <= CONVERSATIONS ? null
                            : address + "&before=" + Address.encoded(found.get(CONVERSATIONS - 1).bound().text()));
        });
    }

    /**
     * A page of a thread; without bounds the newest.
     *
     * @param before what it shows happened before this
     * @param after what it shows happened after this
     */
    ConversationPage thread(String id, @Nullable String before, @Nullable String after) {
        return snapshot.read(() -> {
            var conversation = find(id);
            var upTo = Bound.read(before).orElse(null);
            var from = upTo == null ? Bound.read(after) : Optional.<Bound> empty();
            var read = from.map(bound -> threads.newer(conversation.id(), bound, ENTRIES + 1))
                    .orElseGet(() -> threads.older(conversation.id(), upTo, ENTRIES + 1));
            boolean more = read.size() > ENTRIES;
            var shown = !more ? read : from.isPresent() ? read.subList(0, ENTRIES) : read.subList(1, ENTRIES + 1);
            boolean older = from.isPresent() || more;
            boolean newer = from.isPresent() ? more : upTo != null;
            return page(conversation, shown, false, older ? bound(conversation, "before", shown, upTo, true) : null,
                    newer ? bound(conversation, "after", shown, upTo, false) : null);
        });
    }

    /** All of one message or call. */
    ConversationPage entry(String id, String entry) {
        return snapshot.read(() -> {
            var conversation = find(id);
            return page(conversation, List.of(threads.entry(conversation.id(), entry)
                    .orElseThrow(() -> RefusedException.unknown("This conversation has no such message or call"))), true, null,
                    null);
        });
    }

    private static @Nullable String bound(ThreadHead conversation, String name, List<Entry> shown, @Nullable Bound upTo,
            boolean first) {
        if (shown.isEmpty()) {
            return upTo == null || first ? null : Address.ofConversation(conversation.id());
        }
        var entry = first ? shown.getFirst() : shown.getLast();
        return Address.ofConversation(conversation.id()) + "?" + name + "="
                + Address.encoded(new Bound(entry.createdAt(), entry.id()).text());
    }

    private ConversationPage page(ThreadHead conversation, List<Entry> entries, boolean alone, @Nullable String older,
            @Nullable String newer) {
        var names = conversation.contacts().isEmpty() ? null
                : String.join(", ", conversation.contacts().stream().map(ThreadHead.Contact::name)
                        .filter(name -> !name.isEmpty()).distinct().toList());
        var title = PartyTitle.title(conversation.name(), names == null || names.isEmpty() ? null : names,
                conversation.participants());
        var parties = PartyTitle.numbers(conversation.participants());
        var found = gaps.of(conversation, GAPS + 1);
        return new ConversationPage(frames.reading(title), Format.id(conversation.id()),
                Address.ofConversation(conversation.id()), title, title.equals(parties) ? "" : parties,
                PartyTitle.own(conversation.ownName(), conversation.ownNumber()),
                PartyTitle.counts(conversation.messages(), conversation.calls()), gone(conversation),
                conversation.contacts().stream().map(ConversationPage.ContactLine::of).toList(),
                notes.of(conversation.contacts().stream().map(ThreadHead.Contact::id).toList()).stream()
                        .map(ConversationPage.NoteLine::of).toList(),
                found.stream().limit(GAPS).map(ConversationPage.GapLine::of).toList(), found.size() > GAPS,
                entries.stream().map(entry -> EntryLine.of(conversation.id(), entry)).toList(), alone, older, newer);
    }

    private static @Nullable String gone(ThreadHead conversation) {
        if (conversation.deletedAt() != null) {
            return "Deleted in OpenPhone on " + new PageTime(conversation.deletedAt()).minute();
        }
        return conversation.absentSince() == null ? null
                : "OpenPhone does not list it any more since " + new PageTime(conversation.absentSince()).minute();
    }

    private ThreadHead find(String id) {
        return threads.conversation(id)
                .orElseThrow(() -> RefusedException.unknown("There is no conversation " + Format.id(id)));
    }
}
