package org.openphoneimport.inbox;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Address;
import org.openphoneimport.frame.Frame;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.frame.PartyTitle;
import org.openphoneimport.thread.FoundConversation;

/**
 * The list of conversations, or of those that a search has found.
 *
 * @param frame what stands around it
 * @param text that was searched for; empty for all
 * @param lines the newest activity first
 * @param first the address of the first page; null on that
 * @param older the address of the next page; null on the last
 */
public record ConversationsPage(Frame frame, String text, List<Line> lines, @Nullable String first, @Nullable String older) {

    /**
     * One conversation.
     *
     * @param address of its thread; where a message or call was found, of the page that ends with it
     * @param title whom it is with
     * @param parties numbers, where the title names people; else empty
     * @param own the workspace's number
     * @param activity when its last message or call happened; null when that is not known
     * @param counts how much is stored
     * @param excerpt of the message or call that was found, or of the newest message; null without one
     * @param spoken whether it is of a call
     * @param gone whether it was deleted or is not listed any more
     */
    public record Line(String address, String title, String parties, String own, @Nullable PageTime activity, String counts,
            @Nullable String excerpt, boolean spoken, boolean gone) {

        static Line of(FoundConversation found) {
            var match = found.match();
            var title = PartyTitle.title(found.name(), found.contacts(), found.participants());
            var parties = PartyTitle.numbers(found.participants());
            return new Line(Address.ofConversation(found.id())
                    + (match == null ? "" : "?before=" + Address.encoded(match.text())),
                    title, title.equals(parties) ? "" : parties, PartyTitle.own(found.ownName(), found.ownNumber()),
                    PageTime.of(found.activityAt()), PartyTitle.counts(found.messages(), found.calls()), found.excerpt(),
                    found.spoken(), found.gone());
        }
    }
}
