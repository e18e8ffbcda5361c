package org.openphoneimport.inbox;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.Frame;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.thread.ContactNotes;
import org.openphoneimport.thread.Gap;
import org.openphoneimport.thread.ThreadHead;

/**
 * A conversation as people know it.
 *
 * @param frame what stands around it
 * @param id OpenPhone's
 * @param address of its newest page
 * @param title whom it is with
 * @param parties numbers, where the title names people; else empty
 * @param own the workspace's number
 * @param counts how much of it is stored
 * @param gone what became of it in OpenPhone; null while it is there
 * @param contacts that have a number of its parties
 * @param notes about these
 * @param gaps what is missing in it
 * @param moreGaps whether there are more
 * @param entries messages and calls, the newest last
 * @param alone whether it is one entry that was asked for
 * @param older the address of the page before; null on the first
 * @param newer the address of the page after; null on the newest
 */
public record ConversationPage(Frame frame, String id, String address, String title, String parties, String own, String counts,
        @Nullable String gone, List<ContactLine> contacts, List<NoteLine> notes, List<GapLine> gaps, boolean moreGaps,
        List<EntryLine> entries, boolean alone, @Nullable String older, @Nullable String newer) {

    /**
     * A contact.
     *
     * @param id OpenPhone's
     * @param name of a person or company
     * @param about company, role and number
     */
    public record ContactLine(String id, String name, String about) {

        static ContactLine of(ThreadHead.Contact contact) {
            return new ContactLine(Format.id(contact.id()), contact.name().isEmpty() ? "A contact without a name"
                    : Format.id(contact.name()),
                    Stream.of(contact.role(), contact.company(), Format.phone(contact.number()))
                            .filter(each -> each != null && !each.isBlank()).map(each -> Format.id(String.valueOf(each)))
                            .collect(Collectors.joining(", ")));
        }
    }

    /**
     * A note about a contact.
     *
     * @param id OpenPhone's
     * @param author who wrote it; empty when OpenPhone does not say
     * @param text what
     * @param at when; null when OpenPhone does not say
     */
    public record NoteLine(String id, String author, String text, @Nullable PageTime at) {

        static NoteLine of(ContactNotes.Note note) {
            return new NoteLine(Format.id(note.id()), note.author() == null ? "" : Format.id(note.author()), note.text(),
                    PageTime.of(note.createdAt()));
        }
    }

    /**
     * Something that is missing.
     *
     * @param kind missing, different, unavailable, accepted, newer, waiting or absent
     * @param grave whether it can be brought and is not here
     * @param subject what kind of thing it is
     * @param id OpenPhone's
     * @param finding what is told about it
     */
    public record GapLine(String kind, boolean grave, String subject, String id, String finding) {

        static GapLine of(Gap gap) {
            return new GapLine(gap.kind(), gap.kind().equals("missing") || gap.kind().equals("different"), gap.subject(),
                    Format.id(gap.id()), Format.shortened(gap.finding()));
        }
    }
}
