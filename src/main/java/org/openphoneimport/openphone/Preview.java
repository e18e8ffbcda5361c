package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.document.Fields;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.document.NumberSettingsDocument;
import org.openphoneimport.document.OrganizationDocument;

/**
 * What a person who waits asks the API of 2026-03-30 before a run: a request each, sent once and answered soon or not at all.
 * As
 * in {@link OpenPhone} each throws an {@link OpenPhoneException} when there is no answer to go on with, or a
 * {@link NotNowException} when nothing was sent.
 */
@ApplicationScoped
public class Preview {

    private final Requests requests;

    Preview(Requests requests) {
        this.requests = requests;
    }

    /** A list of what was created in the whole workspace. */
    public enum CreatedList {
        /** All of them. */
        CONVERSATIONS("conversations", "gte", "lte"),
        /** Of all conversations. */
        MESSAGES("messages", "gt", "lt"),
        /** Of all conversations, and of groups. */
        CALLS("calls", "gte", "lte");

        private final String resource;
        private final String lower;
        private final String upper;

        CreatedList(String resource, String lower, String upper) {
            this.resource = resource;
            this.lower = lower;
            this.upper = upper;
        }

        private Request within(TimeSlice slice) {
            var request = Request.dated(resource).within(lower, upper, slice);
            return this == CONVERSATIONS ? request.with("sort", "createdAt:desc") : request;
        }

        private @Nullable Instant created(Fields row) {
            return switch (this) {
                case CONVERSATIONS -> ConversationDocument.read(row).createdAt();
                case MESSAGES -> MessageDocument.read(row).createdAt();
                case CALLS -> CallDocument.readDated(row).createdAt();
            };
        }
    }

    /**
     * The newest of what was created in a slice of time.
     *
     * @param rows how many these are
     * @param oldest when the oldest of these was created; null when none says
     * @param more whether there are older ones in the slice
     */
    public record Newest(int rows, @Nullable Instant oldest, boolean more) {
    }

    /** The workspace itself. */
    public OrganizationDocument organization(Caller caller) {
        return DirectoryApi.organization(requests.sendPromptly(caller, Requests.ORGANIZATION));
    }

    /** Whether calls of a number are recorded. */
    public NumberSettingsDocument settings(Caller caller, String number) {
        var request = Request.dated("phone-numbers", number, "settings");
        return NumberSettingsDocument.read(number, OpenPhone.data(request, requests.sendPromptly(caller, request)));
    }

    /** When the first conversation was created; empty when there is none, or none that says. */
    public Optional<Instant> beginning(Caller caller) {
        var request = Request.dated("conversations").with("sort", "createdAt:asc").page(WholeWorkspace.PAGE_SIZE, null);
        return times(CreatedList.CONVERSATIONS, page(caller, request)).min(Comparator.naturalOrder());
    }

    /** A page of what was created in a slice. */
    public Newest newest(Caller caller, CreatedList list, TimeSlice slice) {
        var page = page(caller, list.within(slice).page(WholeWorkspace.PAGE_SIZE, null));
        return new Newest(page.items().size(), times(list, page).min(Comparator.naturalOrder()).orElse(null),
                page.nextToken() != null);
    }

    private Page<Fields> page(Caller caller, Request request) {
        return Page.read(request, requests.sendPromptly(caller, request), Function.identity());
    }

    private static Stream<Instant> times(CreatedList list, Page<Fields> page) {
        List<Fields> rows = page.items();
        return rows.stream().map(list::created).flatMap(Stream::ofNullable);
    }
}
