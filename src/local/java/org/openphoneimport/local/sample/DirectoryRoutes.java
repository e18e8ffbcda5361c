package org.openphoneimport.local.sample;

import java.util.List;
import java.util.Set;

import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import static org.openphoneimport.local.sample.ApiResource.CONTACTS;
import static org.openphoneimport.local.sample.ApiResource.CUSTOM_FIELDS;
import static org.openphoneimport.local.sample.ApiResource.PHONE_NUMBERS;
import static org.openphoneimport.local.sample.ApiResource.TASKS;
import static org.openphoneimport.local.sample.ApiResource.USERS;

/** Phone numbers, users, contacts and their custom fields. */
final class DirectoryRoutes {

    /** Half of what other lists allow. */
    private static final int MOST_RESULTS = 50;

    private static final int MOST_TASKS = 100;

    private final SampleDirectory directory;
    private final SampleExtras extras;

    DirectoryRoutes(SampleWorkspace workspace) {
        this.directory = workspace.directory();
        this.extras = workspace.extras();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/v1/phone-numbers", PHONE_NUMBERS, Set.of("userId"), this::phoneNumbers),
                Route.one("/v1/phone-numbers/{phoneNumberId}", PHONE_NUMBERS, this::phoneNumber),
                Route.list("/v1/users", USERS, Set.of("maxResults", "pageToken"), this::users),
                Route.one("/v1/users/{userId}", USERS, this::user),
                Route.list("/v1/contacts", CONTACTS, Set.of("externalIds", "sources", "maxResults", "pageToken"),
                        this::contacts),
                Route.one("/v1/contacts/{id}", CONTACTS, this::contact),
                Route.list("/v1/tasks", TASKS, Set.of("maxResults", "pageToken"), this::tasks),
                Route.one("/v1/tasks/{taskId}", TASKS, this::task),
                Route.list("/v1/contact-custom-fields", CUSTOM_FIELDS, Set.of(),
                        (request, id) -> Route.data(directory.customFields())));
    }

    private Reply phoneNumbers(SampleRequest request, String none) {
        var user = new Query(request, PHONE_NUMBERS).optional("userId", Query.USER);
        return Route.data(directory.phoneNumbers().stream()
                .filter(number -> user.isEmpty() || number.hasMember(user.get())).toList());
    }

    private Reply phoneNumber(SampleRequest request, String id) {
        return directory.phoneNumbers().stream().filter(number -> number.id().equals(id)).findFirst().map(Route::data)
                .orElseThrow(() -> PHONE_NUMBERS.notFound(id));
    }

    private Reply users(SampleRequest request, String none) {
        return new SamplePages(request, USERS, MOST_RESULTS).answer(directory.userPages(), user -> true);
    }

    private Reply user(SampleRequest request, String id) {
        return directory.users().stream().filter(user -> user.id().equals(id)).findFirst().map(Route::data)
                .orElseThrow(() -> USERS.notFound(id));
    }

    private Reply tasks(SampleRequest request, String none) {
        return new SamplePages(request, TASKS, MOST_TASKS).answerWithoutLastToken(extras.taskPages(), task -> true,
                SampleTasks::v1);
    }

    private Reply task(SampleRequest request, String id) {
        return extras.task(id).map(SampleTasks::v1).map(Route::data).orElseThrow(() -> TASKS.notFound(id));
    }

    private Reply contacts(SampleRequest request, String none) {
        var query = new Query(request, CONTACTS);
        var externalIds = query.array("externalIds", Query.ANY);
        var sources = query.array("sources", Query.ANY);
        return new SamplePages(request, CONTACTS, MOST_RESULTS).answer(directory.contactPages(),
                contact -> (externalIds.isEmpty() || externalIds.contains(contact.externalId()))
                        && (sources.isEmpty() || sources.contains(contact.source())));
    }

    private Reply contact(SampleRequest request, String id) {
        return directory.contact(id).map(Route::data).orElseThrow(() -> CONTACTS.notFound(id));
    }
}
