package org.openphoneimport.directory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SampleTask;
import org.openphoneimport.local.sample.document.SampleUser;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users, contacts and tasks are asked of both APIs: what either of them lists is here, and nothing else is called confirmed.
 */
@QuarkusTest
class ConfirmedDirectoryTest {

    private static final Map<String, String> LISTS = Map.of("users", "/users", "contacts", "/contacts", "tasks", "/tasks");

    private final Bench bench = Bench.get();
    private final SampleWorkspace workspace = Bench.workspace(10);

    @BeforeEach
    void serve_a_small_workspace() {
        bench.reset();
        bench.openPhone().serve(workspace);
    }

    @ParameterizedTest
    @Landing
    @EnumSource(Generation.class)
    void what_only_one_api_lists_is_stored(Generation silent) {
        var hidden = Set.of(user(), contact(), task());
        intercept(silent, LISTS.values()::contains, Fault.without(hidden));

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(stored("users"))
                .isEqualTo(new TreeSet<>(workspace.directory().users().stream().map(SampleUser::id).toList()));
        assertThat(stored("contacts"))
                .isEqualTo(new TreeSet<>(workspace.directory().contacts().stream().map(SampleContact::id).toList()));
        assertThat(stored("tasks")).isEqualTo(new TreeSet<>(workspace.extras().tasks().stream().map(SampleTask::id).toList()));
        assertThat(bench.database().size("contact_properties WHERE contact_id = '%s'".formatted(contact()))).isPositive();
        assertThat(bench.workspaceSentence()).endsWith("verified by both APIs");
    }

    @Test
    @Landing
    void what_neither_lists_any_more_is_absent() {
        bench.importAllThroughEither();
        var hidden = Set.of(user(), contact(), task());
        bench.openPhone().intercept(request -> LISTS.containsValue(list(request)) ? Fault.without(hidden) : Fault.none());

        bench.importAllThroughEither();
        assertThat(LISTS.keySet()).allSatisfy(table -> assertThat(bench.database().rows("SELECT id FROM " + table
                + " WHERE absent_since IS NOT NULL")).extracting(row -> row.text("id")).singleElement().isIn(hidden));
    }

    @Test
    @Landing
    void the_document_with_the_numbers_stays() {
        bench.importAllThroughEither();

        assertThat(bench.database().size("contacts WHERE NOT jsonb_exists(payload, 'defaultFields')")).isZero();
        assertThat(bench.database().size("users WHERE digest IS DISTINCT FROM row_digest(users)")).isZero();
        assertThat(bench.openPhone().requests().count("/contacts")).isEqualTo(pages(workspace.directory().contacts().size()));
        assertThat(bench.openPhone().requests().count("/v1/contacts"))
                .isEqualTo(pages(workspace.directory().contacts().size()));
    }

    /** The next run's first list brings the change, and the numbers with it. */
    @Test
    @Landing
    void a_contact_that_changes_between_both_lists_keeps_its_numbers() {
        intercept(Generation.DATED, "/contacts"::equals, Fault.changed(page -> {
            page.path("data").forEach(contact -> ((ObjectNode) contact).put("updatedAt",
                    Instant.now().plusSeconds(60).toString()));
            return page;
        }));

        bench.importAllThroughEither();

        assertThat(bench.database().size("contacts")).isPositive();
        assertThat(bench.database().size("contacts WHERE NOT jsonb_exists(payload, 'defaultFields')")).isZero();
    }

    @Test
    @Thorough
    void a_list_that_one_api_refuses_is_not_called_confirmed_and_is_not_asked_for_again_at_once() {
        intercept(Generation.DATED, "/contacts"::equals, Fault.status(403));

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(stored("contacts")).hasSameSizeAs(workspace.directory().contacts());
        assertThat(bench.workspaceSentence()).endsWith("verified by both APIs; only one of them gave the contacts");
        assertThat(log()).contains("Only one API gave the contacts.");
        assertThat(bench.openPhone().requests().count("/contacts")).isEqualTo(1);
        assertThat(unconfirmed()).extracting(row -> row.text("list")).containsExactly("contacts");

        bench.openPhone().intercept(request -> Fault.none());
        bench.importAllThroughEither();

        assertThat(unconfirmed()).isEmpty();
        assertThat(bench.workspaceSentence()).endsWith("verified by both APIs");
    }

    @Test
    @Landing
    void a_list_that_the_first_api_refuses_is_not_called_confirmed_either() {
        intercept(Generation.V1, "/users"::equals, Fault.status(403));

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(stored("users")).hasSameSizeAs(workspace.directory().users());
        assertThat(bench.workspaceSentence()).endsWith("verified by both APIs; only one of them gave the users");
    }

    @Test
    void what_only_the_other_api_lists_is_not_gone_when_one_alone_is_asked_nor_is_its_list_taken_for_both() {
        intercept(Generation.V1, "/contacts"::equals, Fault.without(Set.of(contact())));
        bench.importAllThroughEither();
        bench.database().execute("UPDATE list_records SET good_for = interval '1 hour' WHERE rows IS NOT NULL");
        bench.database().execute("UPDATE list_records SET good_for = interval '0' WHERE list = 'contacts'");

        bench.awaitEnd(bench.start("{\"type\":\"reconciliation\"}", OpenPhoneConfig.Api.V1));

        assertThat(stored("contacts")).contains(contact());
        bench.database().execute("UPDATE list_records SET good_for = interval '1 hour' WHERE rows IS NOT NULL");
        bench.openPhone().requests().reset();

        bench.reconcileThroughEither();

        assertThat(bench.openPhone().requests().count("/contacts")).isPositive();
        assertThat(stored("contacts")).contains(contact());
    }

    /** It is never listed again, and nothing else could tell. */
    @Test
    void what_the_only_api_that_still_gives_a_list_lists_no_more_is_gone() {
        bench.importAllThroughEither();
        var hidden = Set.of(user(), contact());
        intercept(Generation.DATED, LISTS.values()::contains, Fault.without(hidden), Fault.status(403));

        bench.importAllThroughEither();

        assertThat(stored("users")).isNotEmpty().doesNotContain(user());
        assertThat(stored("contacts")).isNotEmpty().doesNotContain(contact());
    }

    @Test
    @Landing
    void what_is_deleted_after_one_api_alone_is_to_be_asked_is_gone() {
        bench.importAllThroughEither();
        var hidden = Set.of(user(), contact(), task());
        bench.openPhone().intercept(request -> LISTS.containsValue(list(request)) ? Fault.without(hidden) : Fault.none());

        bench.importAllDated();

        assertThat(LISTS.keySet())
                .allSatisfy(table -> assertThat(stored(table)).isNotEmpty().doesNotContainAnyElementsOf(hidden));
    }

    @Test
    @Landing
    void what_only_the_first_api_lists_is_not_gone_when_that_refuses() {
        intercept(Generation.DATED, "/contacts"::equals, Fault.without(Set.of(contact())));
        bench.importAllThroughEither();
        assertThat(stored("contacts")).contains(contact());
        intercept(Generation.DATED, "/contacts"::equals, Fault.without(Set.of(contact())), Fault.status(403));

        bench.importAllThroughEither();

        assertThat(stored("contacts")).contains(contact());
        assertThat(bench.workspaceSentence()).endsWith("only one of them gave the contacts");
    }

    @Test
    @Thorough
    void a_list_that_one_api_does_not_answer_is_not_waited_for_and_marks_nothing_as_gone() {
        intercept(Generation.V1, "/contacts"::equals, Fault.without(Set.of(contact())));
        bench.importAllThroughEither();
        assertThat(stored("contacts")).contains(contact());
        intercept(Generation.V1, "/contacts"::equals, Fault.without(Set.of(contact())), Fault.status(503));
        bench.openPhone().requests().reset();

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(stored("contacts")).contains(contact());
        assertThat(bench.openPhone().requests().count("/contacts")).as("one request, repeated").isEqualTo(5);
        assertThat(bench.workspaceSentence()).endsWith("only one of them gave the contacts");

        bench.openPhone().intercept(request -> Fault.none());
        bench.openPhone().requests().reset();
        bench.database()
                .execute("UPDATE list_records SET good_for = interval '1 hour' WHERE rows IS NOT NULL AND list <> 'contacts'");
        bench.reconcileThroughEither();

        assertThat(bench.openPhone().requests().count("/contacts")).as("asked again by the next run").isPositive();
        assertThat(bench.openPhone().requests().count("/users")).isZero();
        assertThat(bench.workspaceSentence()).endsWith("verified by both APIs");
    }

    @Test
    @Landing
    void a_place_that_died_in_the_second_list_begins_that_list_again() {
        addContacts(60);
        var refused = new AtomicBoolean();
        bench.openPhone().intercept(request -> request.template().equals("/contacts") && request.query().contains("after=")
                && !refused.getAndSet(true) ? Fault.status(400) : Fault.none());

        var run = bench.importAllThroughEither();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(stored("contacts")).hasSize(62);
        assertThat(unconfirmed()).isEmpty();
        assertThat(bench.openPhone().requests().count("/contacts")).as("first, refused, both again").isEqualTo(2 + pages(62));
        assertThat(bench.openPhone().requests().count("/v1/contacts")).isEqualTo(pages(62));
    }

    @Test
    @Landing
    void a_second_list_of_many_pages_is_not_taken_for_one_that_does_not_end() {
        addContacts(60);

        bench.importAllThroughEither();

        assertThat(stored("contacts")).hasSize(62);
        assertThat(unconfirmed()).isEmpty();
        assertThat(bench.openPhone().requests().count("/contacts")).isEqualTo(pages(62));
    }

    @Test
    void where_v1_alone_reads_the_lists_of_the_directory_are_not_called_confirmed() {
        bench.openPhone().intercept(request -> request.template().equals("/messages") || request.template().equals("/calls")
                ? Fault.status(403)
                : Fault.none());

        var run = bench.importAllThroughEither();

        assertThat(run.text("api")).isEqualTo("v1");
        assertThat(unconfirmed()).extracting(row -> row.text("list")).containsExactlyInAnyOrder("users", "contacts", "tasks");
        assertThat(bench.openPhone().requests().count("/users")).isZero();
    }

    @Test
    @Thorough
    void a_run_that_reads_no_list_of_the_directory_does_not_make_it_newer() {
        bench.importAllThroughEither();
        assertThat(bench.workspaceSentence()).contains(" is here, verified by both APIs");
        bench.database().execute("""
                UPDATE list_records SET read = time_span(NULL, read_to(read) - interval '5 hours 10 minutes'),
                    good_for = interval '6 hours' WHERE list IN ('contacts', 'users', 'tasks', 'custom_fields', 'organization')
                """);
        bench.database().execute("""
                UPDATE directory_parts SET asked_at = asked_at - interval '3 days' WHERE kind = 'contact_notes'
                """);

        bench.reconcileThroughEither();

        assertThat(bench.workspaceSentence())
                .contains(" is here (contacts, users and tasks as of 5 hours before, notes of contacts and settings "
                        + "of numbers as of 3 days before), verified by both APIs");
        assertThat(RestAssured.get("/api/workspace").jsonPath().getString("around.listsUntil")).isNotNull();
        assertThat(bench.database().rows("SELECT what FROM import_events").toString())
                .contains("is here (contacts, users and tasks as of 5 hours before");

        bench.importAllThroughEither();
        assertThat(bench.workspaceSentence()).contains(" is here, verified by both APIs");
    }

    @Test
    @Landing
    void where_one_api_alone_was_to_be_asked_the_other_is_not() {
        bench.importAllDated();

        assertThat(bench.openPhone().requests().count("/users")).isZero();
        assertThat(unconfirmed()).isEmpty();
    }

    private void addContacts(int count) {
        var contact = workspace.directory().contacts().getFirst();
        for (int i = 0; i < count; i++) {
            workspace.directory().put(new SampleContact("contact%02d".formatted(i), null, null, null, contact.defaultFields(),
                    List.of(), contact.createdAt(), contact.updatedAt(), contact.createdByUserId()));
        }
    }

    private void intercept(Generation generation, Predicate<String> lists, Fault fault) {
        bench.openPhone().intercept(request -> of(request, generation) && lists.test(list(request)) ? fault : Fault.none());
    }

    private void intercept(Generation generation, Predicate<String> lists, Fault fault, Fault others) {
        bench.openPhone().intercept(request -> !lists.test(list(request)) ? Fault.none()
                : of(request, generation) ? fault : others);
    }

    private static boolean of(SampleRequest request, Generation generation) {
        return request.template().startsWith("/v1/") == (generation == Generation.V1);
    }

    private static String list(SampleRequest request) {
        return request.template().replaceFirst("^/v1", "");
    }

    private Set<String> stored(String table) {
        return new TreeSet<>(bench.database().rows("SELECT id FROM " + table + " WHERE absent_since IS NULL").stream()
                .map(row -> row.text("id")).toList());
    }

    private List<Row> unconfirmed() {
        return bench.database().rows("SELECT list FROM list_records WHERE unconfirmed IS NOT NULL");
    }

    private String log() {
        return bench.database().rows("SELECT what FROM import_events").toString();
    }

    private static int pages(int rows) {
        return Math.ceilDiv(rows, Bench.PAGE);
    }

    private String user() {
        return workspace.directory().users().getLast().id();
    }

    private String contact() {
        return workspace.directory().contacts().get(1).id();
    }

    private String task() {
        return workspace.extras().tasks().getFirst().id();
    }
}
