package org.openphoneimport.local.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SampleNote;
import org.openphoneimport.local.sample.document.SampleShare;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.openphoneimport.local.sample.ApiResource.CONTACTS;

/** Contacts and what hangs on them, as the dated API has them. */
final class DatedContactRoutes {

    private static final Set<String> PAGE = Set.of("limit", "after");

    private final SampleDirectory directory;
    private final SampleExtras extras;

    DatedContactRoutes(SampleWorkspace workspace) {
        this.directory = workspace.directory();
        this.extras = workspace.extras();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/contacts", CONTACTS, PAGE, this::contacts),
                new Route("GET", "/contacts/{contactId}", CONTACTS, Set.of(),
                        (request, id) -> Route.data(contact(known(id)))),
                new Route("GET", "/contacts/{contactId}/properties", CONTACTS, Set.of("limit", "after", "type"),
                        this::properties),
                new Route("GET", "/contacts/{contactId}/notes", CONTACTS, PAGE, this::notes),
                new Route("GET", "/contacts/{contactId}/shares", CONTACTS, PAGE, this::shares));
    }

    private Reply contacts(SampleRequest request, String none) {
        return SamplePages.dated(request, CONTACTS).answer(directory.contactPages(), Timeline.Order.NEWEST_FIRST,
                contact -> true,
                DatedContactRoutes::contact);
    }

    private Reply properties(SampleRequest request, String id) {
        var type = new Query(request, CONTACTS).optional("type", Query.ANY);
        return page(request, Property.of(known(id)).stream().filter(each -> type.isEmpty() || type.get().equals(each.type()))
                .toList(), Property::id, Property::createdAt);
    }

    private Reply notes(SampleRequest request, String id) {
        known(id);
        return page(request, extras.notes(id), SampleNote::id, SampleNote::createdAt);
    }

    private Reply shares(SampleRequest request, String id) {
        known(id);
        return page(request, extras.shares(id), SampleShare::sharedWith, SampleShare::createdAt);
    }

    private SampleContact known(String id) {
        return directory.contact(id).orElseThrow(() -> CONTACTS.notFound(id));
    }

    private static <T> Reply page(SampleRequest request, List<T> all, Function<T, String> id,
            Function<T, @Nullable Instant> time) {
        var rows = new Timeline<T>(id, time);
        all.forEach(rows::put);
        return SamplePages.dated(request, CONTACTS).answer(rows, Timeline.Order.NEWEST_FIRST, row -> true, row -> row);
    }

    /** Flat, and without phone numbers and e-mail addresses. */
    private static JsonNode contact(SampleContact contact) {
        ObjectNode document = Json.object(contact);
        var fields = document.remove("defaultFields");
        for (var name : List.of("company", "firstName", "lastName", "role")) {
            document.set(name, fields.get(name));
        }
        document.set("actorId", document.remove("createdByUserId"));
        document.remove("customFields");
        return document;
    }

    /** A phone number, an e-mail address or a custom value; nothing but its name ties it to a field's definition. */
    private record Property(String id, String type, @Nullable String name, @Nullable Object value, Instant createdAt,
            Instant updatedAt) {

        static List<Property> of(SampleContact contact) {
            var all = new java.util.ArrayList<Property>();
            contact.defaultFields().phoneNumbers().forEach(item -> all.add(of(contact, "phone-number", item, all.size())));
            contact.defaultFields().emails().forEach(item -> all.add(of(contact, "email", item, all.size())));
            contact.customFields().forEach(field -> all.add(new Property(id(contact, field.id(), all.size()), field.type(),
                    field.name(), field.value(), contact.createdAt(), contact.updatedAt())));
            return List.copyOf(all);
        }

        private static Property of(SampleContact contact, String type, SampleContact.Item item, int index) {
            return new Property(id(contact, item.id(), index), type, item.name(), item.value(), contact.createdAt(),
                    contact.updatedAt());
        }

        private static String id(SampleContact contact, @Nullable String given, int index) {
            return given != null ? given
                    : UUID.nameUUIDFromBytes((contact.id() + " " + index)
                            .getBytes(StandardCharsets.UTF_8)).toString().replace("-", "").substring(0, 24);
        }
    }
}
