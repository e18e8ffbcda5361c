package org.openphoneimport.local.sample;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.openphoneimport.local.sample.ApiResource.PHONE_NUMBERS;
import static org.openphoneimport.local.sample.ApiResource.TASKS;
import static org.openphoneimport.local.sample.ApiResource.USERS;

/** The organization, its phone numbers, users and tasks, as the dated API has them. */
final class DatedDirectoryRoutes {

    private static final Set<String> PAGE = Set.of("limit", "after");

    private static final Pattern RESTRICTIONS = Pattern.compile("restrictions");
    private static final Pattern INCLUDE = Pattern.compile("(restrictions|businessHours)(,(restrictions|businessHours))?");

    private final SampleDirectory directory;
    private final SampleExtras extras;

    DatedDirectoryRoutes(SampleWorkspace workspace) {
        this.directory = workspace.directory();
        this.extras = workspace.extras();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/organization", USERS, Set.of(), this::organization),
                Route.list("/phone-numbers", PHONE_NUMBERS, Set.of("limit", "after", "phoneNumber", "include"),
                        this::phoneNumbers),
                new Route("GET", "/phone-numbers/{phoneNumberId}", PHONE_NUMBERS, Set.of("include"), this::number),
                new Route("GET", "/phone-numbers/{phoneNumberId}/users", PHONE_NUMBERS, PAGE, this::members),
                new Route("GET", "/phone-numbers/{phoneNumberId}/settings", PHONE_NUMBERS, Set.of(), this::settings),
                Route.list("/users", USERS, PAGE, this::users),
                new Route("GET", "/users/{userId}", USERS, Set.of(), this::user),
                Route.list("/tasks", TASKS, PAGE, this::tasks),
                new Route("GET", "/tasks/{taskId}", TASKS, Set.of(), this::task));
    }

    private Reply organization(SampleRequest request, String none) {
        return Route.data(Map.of("id", SampleWebhooks.ORGANIZATION, "name", "Northside Bikes", "subscriptionStatus",
                extras.subscription(), "createdAt", directory.owner().createdAt(), "updatedAt",
                directory.owner().updatedAt()));
    }

    private Reply phoneNumbers(SampleRequest request, String none) {
        var query = new Query(request, PHONE_NUMBERS);
        var wanted = query.optional("phoneNumber", Query.E164);
        var include = query.optional("include", RESTRICTIONS).orElse("");
        var numbers = new Timeline<SamplePhoneNumber>(SamplePhoneNumber::id, SamplePhoneNumber::createdAt);
        directory.phoneNumbers().forEach(numbers::put);
        return SamplePages.dated(request, PHONE_NUMBERS).answer(numbers, Timeline.Order.NEWEST_FIRST,
                (SamplePhoneNumber number) -> wanted.isEmpty() || wanted.get().equals(number.number()),
                number -> phoneNumber(number, include));
    }

    private Reply number(SampleRequest request, String id) {
        var include = new Query(request, PHONE_NUMBERS).optional("include", INCLUDE).orElse("");
        return Route.data(phoneNumber(open(id), include));
    }

    private Reply members(SampleRequest request, String id) {
        var members = new Timeline<SamplePhoneNumber.Member>(SamplePhoneNumber.Member::id, member -> null);
        open(id).users().forEach(members::put);
        return SamplePages.dated(request, PHONE_NUMBERS).answer(members, Timeline.Order.NEWEST_FIRST, member -> true,
                member -> member);
    }

    private Reply settings(SampleRequest request, String id) {
        var number = open(id);
        return Route.data(Map.of("phoneNumberId", number.id(), "autoRecord", extras.isRecording(number.id()),
                "callDisclosure", Map.of("inbound", "voice", "outbound", "voice")));
    }

    private SamplePhoneNumber open(String id) {
        var number = directory.phoneNumbers().stream().filter(each -> each.id().equals(id)).findFirst()
                .orElseThrow(() -> PHONE_NUMBERS.notFound(id));
        if (extras.isClosed(id)) {
            throw PHONE_NUMBERS.notPhoneNumberUser();
        }
        return number;
    }

    private Reply users(SampleRequest request, String none) {
        return SamplePages.dated(request, USERS).answer(directory.userPages(), Timeline.Order.NEWEST_FIRST, user -> true,
                user -> user);
    }

    private Reply user(SampleRequest request, String id) {
        return directory.users().stream().filter(user -> user.id().equals(id)).findFirst().map(Route::data)
                .orElseThrow(() -> USERS.notFound(id));
    }

    private Reply tasks(SampleRequest request, String none) {
        return SamplePages.datedTasks(request).answer(extras.taskPages(), Timeline.Order.NEWEST_FIRST, task -> true,
                SampleTasks::dated);
    }

    private Reply task(SampleRequest request, String id) {
        return extras.task(id).map(SampleTasks::dated).map(Route::data).orElseThrow(() -> TASKS.notFound(id));
    }

    private static JsonNode phoneNumber(SamplePhoneNumber number, String include) {
        ObjectNode document = Json.object(number);
        document.set("phoneNumber", document.remove("number"));
        document.remove("users");
        if (!include.contains("restrictions")) {
            document.remove("restrictions");
        }
        if (include.contains("businessHours")) {
            document.set("businessHours", hours(number));
        }
        return document;
    }

    /** Shops close on Sunday; what has no hours is as OpenPhone has it. */
    private static JsonNode hours(SamplePhoneNumber number) {
        var hours = Json.emptyObject();
        boolean shop = number.name().contains("shop");
        hours.put("enabled", shop).put("timezone", shop ? "America/New_York" : "America/Los_Angeles");
        if (!shop) {
            return hours.putNull("schedule");
        }
        var schedule = hours.putObject("schedule");
        for (var day : List.of("monday", "tuesday", "wednesday", "thursday", "friday")) {
            schedule.putObject(day).put("start", "0900").put("end", "1700");
        }
        schedule.putObject("saturday").put("start", "0000").put("end", "0000");
        schedule.putNull("sunday");
        return hours;
    }
}
