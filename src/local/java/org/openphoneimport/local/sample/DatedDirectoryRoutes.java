package org.openphoneimport.local.sample;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.openphoneimport.local.sample.ApiResource.CONTACTS;
import static org.openphoneimport.local.sample.ApiResource.PHONE_NUMBERS;
import static org.openphoneimport.local.sample.ApiResource.USERS;
import static org.openphoneimport.local.sample.ApiResource.WEBHOOKS;

/** The organization, its phone numbers, users and contacts, as the dated API has them. */
final class DatedDirectoryRoutes {

    private static final Set<String> PAGE = Set.of("limit", "after");

    private final SampleDirectory directory;

    DatedDirectoryRoutes(SampleWorkspace workspace) {
        this.directory = workspace.directory();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/organization", USERS, Set.of(), this::organization),
                Route.list("/phone-numbers", PHONE_NUMBERS, Set.of("limit", "after", "include"), this::phoneNumbers),
                Route.list("/users", USERS, PAGE, this::users),
                Route.list("/contacts", CONTACTS, PAGE, this::contacts),
                new Route("PATCH", "/webhooks/{id}", WEBHOOKS, Set.of(), DatedDirectoryRoutes::webhook));
    }

    /** Its own have digits; here are those of v1 only. */
    private static Reply webhook(SampleRequest request, String id) {
        throw WEBHOOKS.badParameter("id", "Expected string to match '^[0-9]+$'", id, "string");
    }

    private Reply organization(SampleRequest request, String none) {
        return Route.data(Map.of("id", SampleWebhooks.ORGANIZATION, "name", "Northside Bikes", "subscriptionStatus", "active",
                "createdAt", directory.owner().createdAt(), "updatedAt", directory.owner().updatedAt()));
    }

    private Reply phoneNumbers(SampleRequest request, String none) {
        var numbers = new Timeline<SamplePhoneNumber>(SamplePhoneNumber::id, SamplePhoneNumber::createdAt);
        directory.phoneNumbers().forEach(numbers::put);
        return Paging.dated(request, PHONE_NUMBERS).answer(numbers, Timeline.Order.NEWEST_FIRST, number -> true,
                DatedDirectoryRoutes::phoneNumber);
    }

    private Reply users(SampleRequest request, String none) {
        return Paging.dated(request, USERS).answer(directory.userPages(), Timeline.Order.NEWEST_FIRST, user -> true,
                user -> user);
    }

    private Reply contacts(SampleRequest request, String none) {
        return Paging.dated(request, CONTACTS).answer(directory.contactPages(), Timeline.Order.NEWEST_FIRST, contact -> true,
                DatedDirectoryRoutes::contact);
    }

    private static JsonNode phoneNumber(SamplePhoneNumber number) {
        ObjectNode document = Json.object(number);
        document.set("phoneNumber", document.remove("number"));
        document.remove(List.of("users", "restrictions"));
        return document;
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
}
