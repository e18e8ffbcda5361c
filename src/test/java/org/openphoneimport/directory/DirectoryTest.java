package org.openphoneimport.directory;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SampleContact.Definition;
import org.openphoneimport.local.sample.document.SampleUser;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is who: users, contacts with their numbers, and what the workspace added to them. */
@QuarkusTest
class DirectoryTest {

    private final Bench bench = Bench.get();

    @Inject
    Actions actions;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void all_users_contacts_and_custom_fields_are_stored() {
        bench.importAll();

        var directory = bench.workspace().directory();
        assertThat(bench.database().ids("users")).isEqualTo(sorted(directory.users().stream().map(SampleUser::id).toList()));
        assertThat(bench.database().ids("contacts"))
                .isEqualTo(sorted(directory.contacts().stream().map(SampleContact::id).toList()));
        assertThat(bench.database().ids("contact_custom_fields"))
                .isEqualTo(sorted(directory.customFields().stream().map(Definition::key).toList()));
        assertThat(bench.database().size("contact_phone_numbers WHERE number = value"))
                .isEqualTo(directory.contacts().size());
    }

    @Test
    @Landing
    void numbers_stand_as_somebody_typed_them_and_as_conversations_have_them() {
        var workspace = Bench.workspace(20);
        workspace.directory().put(contact("c1", "(617) 555-0142", "+44 20 7946 0123", "617.555.0143 ext. 5", "ask Jo", "911"));
        bench.openPhone().serve(workspace);

        bench.importAll();

        assertThat(numbers("c1")).extracting(row -> row.text("value") + " is " + row.text("number")).containsExactly(
                "(617) 555-0142 is +16175550142", "+44 20 7946 0123 is +442079460123", "617.555.0143 ext. 5 is +16175550143",
                "ask Jo is null", "911 is null");

        workspace.directory().put(contact("c1", "617 555 0144"));
        bench.importAll();

        assertThat(numbers("c1")).extracting(row -> row.text("number")).containsExactly("+16175550144");
    }

    @Test
    @Landing
    void an_overview_tells_of_each_conversation_with_whom_it_is_and_how_much_there_is() {
        var workspace = Bench.workspace(0);
        var own = workspace.directory().phoneNumbers().getFirst();
        var at = Instant.parse("2026-01-01T00:00:00Z");
        workspace.addConversation("CN1", own.id(), List.of("+16175550142"), at);
        workspace.addMessage("AC1", "CN1", "Hello", at);
        workspace.addMessage("AC2", "CN1", "World", at.plusSeconds(60));
        workspace.directory().put(contact("c1", "617 555 0142"));
        bench.openPhone().serve(workspace);

        bench.importAll();

        var line = bench.database().row("SELECT * FROM conversation_overview");
        assertThat(line.text("number")).isEqualTo(own.number());
        assertThat(line.text("contact")).isEqualTo("Ada Example");
        assertThat(line.number("messages")).isEqualTo(2);
        assertThat(line.number("calls")).isZero();
        assertThat(bench.database().count("""
                SELECT count(*) FROM conversation_overview
                WHERE first_activity_at = '2026-01-01T00:00:00Z' AND last_activity_at = '2026-01-01T00:01:00Z'
                """)).isEqualTo(1);
    }

    @Test
    @Landing
    void who_is_listed_no_more_is_marked_and_never_deleted() {
        bench.importAll();
        bench.database().execute("INSERT INTO users (id, payload) VALUES ('USgone', '{}')");

        bench.importAll();

        assertThat(bench.database().rows("SELECT id FROM users WHERE absent_since IS NOT NULL"))
                .extracting(row -> row.text("id")).containsExactly("USgone");
    }

    @Test
    @Landing
    void contacts_that_are_refused_keep_no_conversation_from_being_imported_and_can_be_retried() {
        bench.openPhone().intercept(request -> request.template().equals("/v1/contacts") ? Fault.status(403) : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).as("of what OpenPhone gives, all was read").isEqualTo("completed");
        assertThat(bench.database()
                .rows("SELECT reason FROM workspace_gaps WHERE kind = 'unavailable' AND subject_id = 'contacts'"))
                .singleElement().extracting(row -> row.text("reason"))
                .isEqualTo("lists of the directory that OpenPhone refuses: contacts");
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(bench.workspace().threads().messageIds()));
        assertThat(bench.database().row("SELECT * FROM import_issues WHERE level = 'error'").text("request"))
                .isEqualTo("GET /v1/contacts?maxResults=50");

        bench.openPhone().intercept(request -> Fault.none());
        bench.openPhone().requests().reset();
        actions.retry(run.uuid("id"));

        assertThat(bench.awaitEnd(run.uuid("id")).text("status")).isEqualTo("completed");
        assertThat(bench.database().size("contacts")).isEqualTo(bench.workspace().directory().contacts().size());
        assertThat(bench.database().rows("SELECT * FROM workspace_gaps WHERE subject_id = 'contacts'")).isEmpty();
        assertThat(bench.openPhone().requests().count("/v1/messages")).isZero();
    }

    @Test
    @Landing
    void contacts_that_are_never_answered_are_given_up_after_some_tries() {
        bench.openPhone().intercept(request -> request.template().equals("/v1/contacts") ? Fault.html() : Fault.none());

        var run = bench.importAll();

        assertThat(run.text("status")).isEqualTo("failed");
        // Four times the five repetitions of a request.
        assertThat(bench.openPhone().requests().count("/v1/contacts")).isEqualTo(20);
        assertThat(bench.database().ids("messages")).isEqualTo(new TreeSet<>(bench.workspace().threads().messageIds()));
    }

    private List<Row> numbers(String contact) {
        return bench.database().rows("SELECT * FROM contact_phone_numbers WHERE contact_id = ? ORDER BY position", contact);
    }

    private static SampleContact contact(String id, String... numbers) {
        var phones = List.of(numbers).stream().map(number -> new SampleContact.Item("mobile", number, null)).toList();
        var at = Instant.parse("2026-01-01T00:00:00Z");
        return new SampleContact(id, null, null, null,
                new SampleContact.DefaultFields(null, List.of(), "Ada", "Example", phones, null), List.of(), at, at, "US1");
    }

    private static Set<String> sorted(List<String> ids) {
        return ids.stream().collect(Collectors.toCollection(TreeSet::new));
    }
}
