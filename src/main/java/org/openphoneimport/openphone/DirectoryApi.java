package org.openphoneimport.openphone;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.ContactDocument;
import org.openphoneimport.document.Fields;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.document.NoteDocument;
import org.openphoneimport.document.NumberHoursDocument;
import org.openphoneimport.document.NumberMemberDocument;
import org.openphoneimport.document.NumberSettingsDocument;
import org.openphoneimport.document.OrganizationDocument;
import org.openphoneimport.document.PropertyDocument;
import org.openphoneimport.document.ShareDocument;
import org.openphoneimport.document.TaskDocument;
import org.openphoneimport.document.UserDocument;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the workspace holds beside conversations, as the API of 2026-03-30 gives it. As in {@link OpenPhone} each method
 * throws an {@link OpenPhoneException} when there is no answer to go on with, or a {@link NotNowException} when nothing was
 * sent; those that return a {@link Page} are one request, the others one for each page.
 */
@ApplicationScoped
public class DirectoryApi {

    private static final int PAGE_SIZE = 50;

    /** Of tasks, in both generations. */
    private static final int TASKS = 100;

    private final Requests requests;

    DirectoryApi(Requests requests) {
        this.requests = requests;
    }

    /** The workspace itself; one page holds it. */
    public Page<OrganizationDocument> organization(Caller caller) {
        var request = Request.dated("organization");
        return new Page<>(List.of(organization(requests.send(caller, request))), null, 0, request.toString(), null);
    }

    /** Not all sources agree on its envelope. */
    static OrganizationDocument organization(JsonNode answer) {
        return OrganizationDocument.read(new Fields(answer.path("data").isObject() ? answer.path("data") : answer));
    }

    /** A page of the workspace's users. */
    public Page<UserDocument> users(Caller caller, @Nullable String token) {
        return page(caller, Request.dated("users").page(PAGE_SIZE, token), UserDocument::read);
    }

    /** A page of the address book, flat: phone numbers and e-mail addresses are among each contact's properties. */
    public Page<ContactDocument> contacts(Caller caller, @Nullable String token) {
        return page(caller, Request.dated("contacts").page(PAGE_SIZE, token), ContactDocument::read);
    }

    /** A page of tasks, through either generation. */
    public Page<TaskDocument> tasks(Caller caller, Generation generation, @Nullable String token) {
        var list = generation == Generation.V1 ? Request.list("tasks") : Request.dated("tasks");
        return page(caller, list.page(TASKS, token), TaskDocument::read);
    }

    /** When a number is open, and where it may call and text. */
    public NumberHoursDocument hours(Caller caller, String number) {
        var request = Request.dated("phone-numbers", number, null).with("include", "restrictions,businessHours");
        return NumberHoursDocument.read(number, OpenPhone.data(request, requests.send(caller, request)));
    }

    /** Those who may use a number. */
    public List<NumberMemberDocument> members(Caller caller, String number) {
        return all(caller, Request.dated("phone-numbers", number, "users"),
                fields -> NumberMemberDocument.read(number, fields));
    }

    /** Whether calls of a number are recorded. */
    public NumberSettingsDocument settings(Caller caller, String number) {
        var request = Request.dated("phone-numbers", number, "settings");
        return NumberSettingsDocument.read(number, OpenPhone.data(request, requests.send(caller, request)));
    }

    /** What colleagues wrote about a contact. */
    public List<NoteDocument> notes(Caller caller, String contact) {
        return all(caller, Request.dated("contacts", contact, "notes"), fields -> NoteDocument.read(contact, fields));
    }

    /** Where a file of a note is now. */
    public Optional<String> attachment(Caller caller, String contact, String note, int position) {
        return notes(caller, contact).stream().filter(each -> each.id().equals(note)).findFirst()
                .flatMap(each -> each.media().stream().skip(position).findFirst()).map(MessageDocument.Media::url);
    }

    /** Phone numbers, e-mail addresses and values of a contact. */
    public List<PropertyDocument> properties(Caller caller, String contact) {
        return all(caller, Request.dated("contacts", contact, "properties"),
                fields -> PropertyDocument.read(contact, fields));
    }

    /** Who may see a contact. */
    public List<ShareDocument> shares(Caller caller, String contact) {
        return all(caller, Request.dated("contacts", contact, "shares"), fields -> ShareDocument.read(contact, fields));
    }

    private <T> Page<T> page(Caller caller, Request request, Function<Fields, T> document) {
        return Page.read(request, requests.send(caller, request), document);
    }

    private <T> List<T> all(Caller caller, Request list, Function<Fields, T> document) {
        return Paging.all(token -> page(caller, list.page(PAGE_SIZE, token), document));
    }
}
