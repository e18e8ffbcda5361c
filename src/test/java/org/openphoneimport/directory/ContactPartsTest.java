package org.openphoneimport.directory;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.keep.Actions;
import org.openphoneimport.local.sample.SampleMedia;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SampleNote;
import org.openphoneimport.local.sample.document.SampleShare;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Row;
import org.openphoneimport.testsupport.Thorough;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Notes, properties and shares, which OpenPhone gives of one contact at a time. */
@QuarkusTest
class ContactPartsTest {

    private static final Instant AT = Instant.parse("2026-10-01T00:00:00Z");
    private static final String NOTES = "/contacts/{contactId}/notes";
    private static final String PROPERTIES = "/contacts/{contactId}/properties";
    private static final String SHARES = "/contacts/{contactId}/shares";

    private final Bench bench = Bench.get();
    private final SampleWorkspace workspace = Bench.workspace(5);

    @Inject
    Actions actions;

    /** Forty contacts: three batches and the first one. */
    @BeforeEach
    void serve_contacts_with_notes() {
        bench.reset();
        for (int i = 0; i < 40; i++) {
            var id = "c%02d".formatted(i);
            workspace.directory().put(contact(id, "Person " + i, AT));
            workspace.extras().put(new SampleShare(id, i % 5 == 0 ? "USsomebody" : "ORsample0001", AT));
            if (i % 4 == 0) {
                workspace.extras().put(id, note("n" + i, "Call after five", i % 8 == 0 ? 2 : 0));
            }
        }
        for (int i = 0; i < 12; i++) {
            workspace.extras().put("c01", note("many" + i, "Note " + i, 0));
        }
        bench.openPhone().serve(workspace);
    }

    private static SampleContact contact(String id, String name, Instant updated) {
        return new SampleContact(id, null, null, null, new SampleContact.DefaultFields(null,
                List.of(new SampleContact.Item("work", id + "@example.com", null)), name, null,
                List.of(new SampleContact.Item("mobile", "(617) 555-0142", null)), null),
                List.of(new SampleContact.CustomField("Crew", "crew", null, "multi-select", List.of("roof", "wall"))), AT,
                updated, "US1");
    }

    private static SampleNote note(String id, String text, int files) {
        var media = new java.util.ArrayList<SampleNote.Attachment>();
        for (int i = 0; i < files; i++) {
            media.add(new SampleNote.Attachment(SampleMedia.ORIGIN + "/static/notes/" + id + "-" + i + ".png",
                    i == 0 ? "image/png" : null, "roof.png"));
        }
        return new SampleNote(id, text, media, AT, AT, "US1");
    }

    @Test
    @Landing
    void all_notes_properties_and_shares_are_stored() {
        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored();
        assertThat(bench.database().row("SELECT * FROM contact_notes WHERE id = 'n4'")).satisfies(row -> {
            assertThat(row.text("contact_id")).isEqualTo("c04");
            assertThat(row.text("text")).isEqualTo("Call after five");
            assertThat(row.text("created_by")).isEqualTo("US1");
            assertThat(row.uuid("last_run_id")).isEqualTo(run.uuid("id"));
        });
        assertThat(bench.database().rows("SELECT type, name, CAST(value AS text) AS value FROM contact_properties "
                + "WHERE contact_id = 'c07' ORDER BY type")).extracting(row -> row.text("type") + " " + row.text("value"))
                .containsExactly("email \"c07@example.com\"", "multi-select [\"roof\", \"wall\"]",
                        "phone-number \"(617) 555-0142\"");
        assertThat(bench.database().size("contact_shares WHERE shared_with = 'USsomebody'")).isEqualTo(8);
        assertThat(bench.database().size("import_issues")).isZero();
        assertThat(gaps()).isEmpty();
    }

    @Test
    @Landing
    void each_contact_is_asked_once_for_each_kind() {
        bench.importAllDated();

        int contacts = workspace.directory().contacts().size();
        assertThat(bench.openPhone().requests().countByTemplate())
                // One has more notes than stand on a page.
                .containsAllEntriesOf(Map.of(NOTES, contacts + 1L, PROPERTIES, (long) contacts, SHARES, (long) contacts));
    }

    @Test
    @Landing
    void files_of_notes_are_stored_byte_for_byte() {
        var run = bench.importAllDated();

        var files = new HashMap<String, String>();
        workspace.extras().notes().forEach(note -> {
            for (int i = 0; i < note.media().size(); i++) {
                files.put("note/%s/%d".formatted(note.id(), i), note.media().get(i).url());
            }
        });
        assertThat(files).hasSizeGreaterThanOrEqualTo(10);
        files.forEach((key, url) -> assertThat(bench.files().bytes(key)).as(key).isEqualTo(SampleMedia.bytes(url)));
        assertThat(run.number("processed_media")).isEqualTo(run.number("total_media"))
                .isEqualTo(bench.database().size("media"));
        assertThat(bench.database().size("media WHERE subject = 'note' AND status = 'stored'")).isEqualTo(files.size());
    }

    @Test
    @Landing
    void a_url_that_has_expired_is_asked_for_again_by_the_contact() {
        bench.openPhone().interceptMedia(request -> request.path().startsWith("/static/notes/n8-1") && request.attempt() == 1
                ? Fault.answer(Reply.html(403, "Expired"))
                : Fault.none());

        bench.importAllDated();

        assertThat(bench.files().bytes("note/n8/1")).isNotEmpty();
        assertThat(asked(NOTES, "c08")).isEqualTo(2);
    }

    @Test
    @Landing
    void what_is_refused_for_several_contacts_is_refused_for_all_and_can_be_retried() {
        bench.openPhone().intercept(request -> request.template().equals(NOTES) ? Fault.status(403) : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.openPhone().requests().count(NOTES)).isEqualTo(3);
        assertThat(bench.database().size("contact_properties")).isGreaterThanOrEqualTo(120);
        assertThat(gaps()).containsExactly("unavailable: lists of the directory that OpenPhone refuses: contact notes");
        assertThat(bench.database().size("discrepancies WHERE kind = 'unavailable' AND subject_id = 'contact notes'"))
                .isEqualTo(1);

        bench.openPhone().intercept(request -> Fault.none());
        bench.openPhone().requests().reset();
        actions.retry(run.uuid("id"));

        assertThat(bench.awaitEnd(run.uuid("id")).text("status")).isEqualTo("completed");
        assertEverythingIsStored();
        assertThat(gaps()).isEmpty();
        assertThat(bench.openPhone().requests().count(PROPERTIES)).isZero();
    }

    @Test
    @Landing
    void one_contact_that_is_refused_is_named_and_the_others_are_read() {
        bench.openPhone().intercept(request -> is(request, "c12", "shares") ? Fault.status(403) : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().rows("SELECT kind, subject_id FROM workspace_gaps")).singleElement()
                .satisfies(row -> {
                    assertThat(row.text("kind")).isEqualTo("unavailable");
                    assertThat(row.text("subject_id")).isEqualTo("c12 contact shares");
                });
        assertThat(bench.database().size("import_issues WHERE level = 'warning' AND subject_id = 'c12'")).isEqualTo(1);

        bench.openPhone().intercept(request -> Fault.none());
        bench.reconcileDated();

        assertThat(gaps()).isEmpty();
    }

    @Test
    @Landing
    void one_contact_that_is_never_answered_fails_the_run_and_can_be_retried() {
        bench.openPhone().intercept(request -> is(request, "c12", "notes") ? Fault.status(500) : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("failed");
        assertThat(run.text("reason")).contains("1 contact part could not be read");
        assertThat(bench.database().size("contact_shares WHERE contact_id = 'c12'")).isEqualTo(1);

        bench.openPhone().intercept(request -> Fault.none());
        actions.retry(run.uuid("id"));

        assertThat(bench.awaitEnd(run.uuid("id")).text("status")).isEqualTo("completed");
        assertEverythingIsStored();
    }

    @Test
    @Landing
    void batches_that_come_twice_or_whose_worker_died_are_imported_once() {
        bench.openPhone().intercept(request -> request.template().equals(SHARES) ? Fault.delayed(Duration.ofMillis(20))
                : Fault.none());
        var id = bench.startDated();
        bench.soon().until(() -> bench.database().size("import_batches WHERE kind = 'contacts' AND status = 'running'") > 1);
        // As if all workers had lost their leases at once: others take the batches, these find out when they store.
        bench.database().execute(
                """
                        UPDATE import_batches SET lease_owner = gen_random_uuid(), lease_until = clock_timestamp() - interval '1 second',
                            sent_at = clock_timestamp() - interval '1 hour' WHERE status = 'running'
                        """);
        var queues = bench.queues();
        bench.database().rows("SELECT id FROM import_batches WHERE kind = 'contacts'")
                .forEach(batch -> queues.sqs().sendMessage(
                        request -> request.queueUrl(queues.importUrl()).messageBody("{\"runId\":\"%s\",\"batchId\":\"%s\"}"
                                .formatted(id, batch.text("id")))));

        var run = bench.awaitEnd(id);

        assertThat(run.text("status")).isEqualTo("completed");
        assertEverythingIsStored();
        assertThat(run.number("processed_media")).isEqualTo(run.number("total_media"))
                .isEqualTo(bench.database().size("media"));
    }

    @Test
    @Landing
    void a_reconciliation_asks_only_for_contacts_that_are_new_have_changed_or_were_read_long_ago() {
        bench.importAllDated();
        bench.openPhone().requests().reset();
        bench.reconcileDated();
        assertThat(bench.openPhone().requests().count(NOTES)).isZero();
        assertThat(gaps()).isEmpty();

        workspace.directory().put(contact("c02", "Renamed", AT.plusSeconds(60)));
        workspace.directory().put(contact("cnew", "New", AT));
        workspace.extras().put("cnew", note("nnew", "New here", 1));
        bench.database().execute("""
                UPDATE directory_parts SET asked_at = asked_at - interval '8 days' WHERE subject_id = 'c30'
                """);
        var run = bench.reconcileDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.openPhone().requests().all().stream().filter(request -> request.template().equals(NOTES))
                .map(request -> request.path().split("/", -1)[2])).containsExactlyInAnyOrder("c02", "cnew", "c30");
        assertEverythingIsStored();
        assertThat(bench.files().bytes("note/nnew/0")).isNotEmpty();
        assertThat(gaps()).isEmpty();
    }

    @Test
    @Landing
    void an_import_of_a_range_asks_for_nothing_that_is_known() {
        bench.importAllDated();
        bench.openPhone().requests().reset();

        bench.awaitEnd(bench.start("{\"from\":\"2026-10-01\",\"to\":\"2026-10-10\"}", OpenPhoneConfig.Api.DATED));

        assertThat(bench.openPhone().requests().count(NOTES)).isZero();
        assertThat(gaps()).isEmpty();
    }

    @Test
    void what_a_cancelled_run_was_to_ask_once_more_stays_as_it_was_unless_its_contact_has_changed() {
        bench.openPhone().intercept(request -> is(request, "c12", "shares") ? Fault.status(403) : Fault.none());
        bench.importAllDated();
        workspace.directory().put(contact("c20", "Renamed", AT.plusSeconds(60)));
        bench.openPhone().intercept(request -> is(request, "c00", "notes") || request.template().equals(PROPERTIES)
                ? new Fault.NoAnswer()
                : Fault.none());
        var run = bench.startDated();
        bench.soon().until(() -> bench.database().size("import_batches WHERE kind = 'contacts' AND status = 'running' "
                + "AND run_id = '" + run + "'") > 0);
        assertThat(bench.database().size("directory_parts WHERE status = 'pending'")).isGreaterThan(100);

        actions.cancel(run);

        assertThat(bench.database().rows("SELECT DISTINCT subject_id FROM directory_parts WHERE status = 'pending'"))
                .extracting(row -> row.text("subject_id")).containsExactlyInAnyOrder("c12", "c20");
        assertThat(bench.database().size("directory_parts WHERE subject_id = 'c04' AND kind = 'contact_notes' "
                + "AND status = 'stored'")).isEqualTo(1);
        assertThat(bench.database().size("directory_parts WHERE subject_id = 'c05' AND kind = 'contact_notes' "
                + "AND status = 'none'")).isEqualTo(1);
    }

    @Test
    @Landing
    void a_note_that_was_changed_replaces_the_older_one_and_one_that_is_gone_is_marked() {
        bench.importAllDated();
        workspace.extras().put("c04", note("n4", "Call before five", 0).withText("Call before five", AT.plusSeconds(60)));
        workspace.extras().deleteNote("c08", "n8");

        var run = bench.importAllDated();

        assertThat(run.text("status")).isEqualTo("completed");
        assertThat(bench.database().row("SELECT text FROM contact_notes WHERE id = 'n4'").text("text"))
                .isEqualTo("Call before five");
        assertThat(bench.database().rows("SELECT id FROM contact_notes WHERE absent_since IS NOT NULL"))
                .extracting(row -> row.text("id")).containsExactly("n8");
        assertThat(gaps()).isEmpty();
    }

    /** As when contacts are merged: its document is the same, and does not say whose it is. */
    @Test
    @Landing
    void a_note_that_moves_to_another_contact_is_that_ones() {
        bench.importAllDated();
        var note = workspace.extras().notes("c08").getFirst();
        workspace.extras().deleteNote("c08", note.id());
        workspace.extras().put("c09", note);
        workspace.directory().put(contact("c08", "Renamed", AT.plusSeconds(60)));
        workspace.directory().put(contact("c09", "Renamed", AT.plusSeconds(60)));

        bench.reconcileDated();

        var stored = bench.database().row("SELECT contact_id, absent_since FROM contact_notes WHERE id = 'n8'");
        assertThat(stored.text("contact_id")).isEqualTo("c09");
        assertThat(stored.get("absent_since")).isNull();
        assertThat(gaps()).isEmpty();
    }

    @Test
    @Landing
    void a_file_that_could_not_be_downloaded_lacks_only_as_long_as_a_note_has_it() {
        var files = note("n8", "", 2).media();
        var failing = URI.create(files.getLast().url()).getPath();
        bench.openPhone().interceptMedia(request -> request.path().equals(failing) ? Fault.status(404) : Fault.none());
        bench.importAllDated();
        bench.soon().until(() -> gaps().equals(List.of("unavailable: files that could not be downloaded")));
        workspace.extras().put("c08",
                new SampleNote("n8", "Call after five", files.subList(0, 1), AT, AT.plusSeconds(60), "US1"));
        workspace.directory().put(contact("c08", "Renamed", AT.plusSeconds(60)));

        bench.reconcileDated();

        assertThat(gaps()).isEmpty();
    }

    @Test
    @Landing
    void files_that_take_the_places_of_others_in_a_note_are_downloaded() {
        var first = bench.importAllDated();
        var files = note("n8", "", 2).media();
        var other = note("other", "", 1).media().getFirst();
        workspace.extras().put("c08",
                new SampleNote("n8", "Call after five", List.of(files.getLast(), other), AT, AT.plusSeconds(60), "US1"));
        workspace.directory().put(contact("c08", "Renamed", AT.plusSeconds(60)));
        bench.openPhone().mediaRequests().reset();

        var second = bench.reconcileDated();

        assertThat(bench.files().bytes("note/n8/0")).isEqualTo(SampleMedia.bytes(files.getLast().url()));
        assertThat(bench.files().bytes("note/n8/1")).isEqualTo(SampleMedia.bytes(other.url()));
        assertThat(bench.openPhone().mediaRequests().all()).hasSize(2);
        for (var id : List.of(first.uuid("id"), second.uuid("id"))) {
            var run = bench.run(id);
            assertThat(run.number("processed_media")).isEqualTo(run.number("total_media")).isPositive();
        }
        assertThat(gaps()).isEmpty();
    }

    @Test
    void a_note_whose_text_was_changed_keeps_its_files_and_other_urls_alone_are_no_other_files() {
        bench.importAllDated();
        var files = note("n8", "", 2).media();
        workspace.extras().put("c08", new SampleNote("n8", "Call before five", files, AT, AT.plusSeconds(60), "US1"));
        workspace.directory().put(contact("c08", "Renamed", AT.plusSeconds(60)));
        workspace.extras().put("c16", new SampleNote("n16", "Call after five", note("n16", "", 2).media().stream()
                .map(file -> new SampleNote.Attachment(file.url() + "?signature=2", file.type(), file.name())).toList(),
                AT, AT, "US1"));
        workspace.directory().put(contact("c16", "Renamed", AT.plusSeconds(60)));
        bench.openPhone().mediaRequests().reset();

        bench.reconcileDated();

        assertThat(bench.database().row("SELECT text FROM contact_notes WHERE id = 'n8'").text("text"))
                .isEqualTo("Call before five");
        assertThat(bench.openPhone().mediaRequests().all()).isEmpty();
    }

    @Test
    @Thorough
    void what_has_vanished_or_was_changed_is_found_by_a_verification_and_brought_again() {
        var first = bench.importAllDated();
        for (var damage : List.of("UPDATE contact_notes SET text = 'Changed' WHERE id = 'n4'",
                "DELETE FROM contact_notes WHERE contact_id = 'c08'", "DELETE FROM contact_properties WHERE contact_id < 'c05'",
                "UPDATE contact_shares SET payload = '{}'", "DELETE FROM media WHERE subject = 'note' AND subject_id = 'n8'")) {
            bench.database().execute(damage);
            bench.openPhone().requests().reset();

            actions.verify(first.uuid("id"), false);
            bench.soon().until(() -> bench.database().size("verifications WHERE status = 'running'") == 0);
            assertThat(bench.database().size("""
                    discrepancies WHERE kind IN ('missing', 'different') AND verification_id = (
                        SELECT max(id) FROM verifications)
                    """)).as(damage).isPositive();
            assertThat(gaps()).as(damage).isNotEmpty();
            actions.repair(first.uuid("id"));

            assertThat(bench.awaitEnd(first.uuid("id")).text("status")).as(damage).isEqualTo("completed");
            assertEverythingIsStored();
            assertThat(bench.files().bytes("note/n8/1")).isNotEmpty();
            assertThat(gaps()).as(damage).isEmpty();
            assertThat(bench.openPhone().requests().count("/messages")).as(damage).isZero();
            assertThat(bench.openPhone().requests().count("/v1/contacts")).as(damage).isZero();
        }
    }

    @Test
    @Landing
    void a_file_of_a_note_that_is_gone_from_the_store_is_found_and_downloaded_again() {
        var run = bench.importAllDated();
        bench.files().delete("note/n8/0");

        actions.verify(run.uuid("id"), false);
        bench.soon().until(() -> bench.database().size("verifications WHERE status = 'running'") == 0);
        assertThat(bench.database().size("discrepancies WHERE kind = 'missing' AND subject_id = 'note/n8/0'")).isEqualTo(1);
        actions.repair(run.uuid("id"));

        assertThat(bench.awaitEnd(run.uuid("id")).text("status")).isEqualTo("completed");
        assertThat(bench.files().bytes("note/n8/0")).isNotEmpty();
    }

    @Test
    @Thorough
    void where_v1_refuses_people_and_contacts_the_other_generation_gives_them_with_their_numbers() {
        for (var refusal : List.of(Fault.status(404), Fault.status(403),
                Fault.answer(Reply.html(404, "<!DOCTYPE html><title>Not Found</title>")))) {
            bench.database().empty();
            bench.openPhone().intercept(request -> request.path().equals("/v1/users") || request.path().equals("/v1/contacts")
                    ? refusal
                    : Fault.none());

            var run = bench.importAllDated();

            assertThat(run.text("status")).isEqualTo("completed");
            assertThat(bench.database().ids("users")).containsExactlyInAnyOrderElementsOf(
                    workspace.directory().users().stream().map(user -> user.id()).toList());
            assertThat(bench.database().ids("contacts")).containsExactlyInAnyOrderElementsOf(
                    workspace.directory().contacts().stream().map(SampleContact::id).toList());
            assertThat(bench.database().row("SELECT first_name FROM contacts WHERE id = 'c07'").text("first_name"))
                    .isEqualTo("Person 7");
            assertThat(bench.database().size("contact_phone_numbers WHERE contact_id LIKE 'c__' AND number = '+16175550142'"))
                    .isEqualTo(40);
            assertThat(bench.database().size("contacts AS stored WHERE digest <> row_digest(stored)")).isZero();
            assertThat(gaps()).isEmpty();
        }
    }

    @Test
    @Landing
    void where_contacts_are_refused_what_hangs_on_them_is_unavailable_too_and_can_be_accepted() {
        bench.openPhone().intercept(request -> request.path().equals("/v1/contacts") || request.path().equals("/contacts")
                ? Fault.status(403)
                : Fault.none());

        var run = bench.importAllDated();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(bench.database().rows("SELECT kind || ' ' || subject_id AS gap FROM workspace_gaps WHERE subject = 'list'"))
                .extracting(row -> row.text("gap")).containsExactlyInAnyOrder("unavailable contacts",
                        "unavailable contact notes", "unavailable contact properties", "unavailable contact shares");
        assertThat(
                bench.database().rows("SELECT subject_id FROM discrepancies WHERE subject = 'list' AND kind = 'unavailable'"))
                .extracting(row -> row.text("subject_id")).contains("contacts", "contact notes");
    }

    @Test
    @Thorough
    void a_flat_document_takes_nothing_from_a_contact_that_has_its_numbers_and_addresses() {
        bench.importAllDated();
        bench.openPhone().intercept(request -> request.path().equals("/v1/contacts") ? Fault.status(403) : Fault.none());
        bench.importAllDated();
        assertThat(bench.database().size("contacts WHERE payload -> 'defaultFields' -> 'emails' -> 0 ->> 'value' "
                + "LIKE 'c__@example.com'")).isEqualTo(40);

        workspace.directory().put(contact("c07", "Renamed", AT.plusSeconds(60)));
        bench.reconcileDated();

        assertThat(bench.database().row("SELECT first_name FROM contacts WHERE id = 'c07'").text("first_name"))
                .isEqualTo("Renamed");
        assertThat(bench.database().size("contact_phone_numbers WHERE contact_id = 'c07' AND number = '+16175550142'"))
                .isEqualTo(1);
    }

    private void assertEverythingIsStored() {
        assertThat(bench.database().ids("contact_notes"))
                .containsExactlyInAnyOrderElementsOf(workspace.extras().notes().stream().map(SampleNote::id).toList());
        assertThat(bench.database().rows("SELECT contact_id, shared_with FROM contact_shares"))
                .extracting(row -> row.text("contact_id") + " " + row.text("shared_with"))
                .containsExactlyInAnyOrderElementsOf(workspace.directory().contacts().stream()
                        .flatMap(contact -> workspace.extras().shares(contact.id()).stream())
                        .map(share -> share.contactId() + " " + share.sharedWith()).toList());
        assertThat(bench.database().size("contact_properties")).isEqualTo(workspace.directory().contacts().stream()
                .mapToInt(contact -> contact.defaultFields().phoneNumbers().size() + contact.defaultFields().emails().size()
                        + contact.customFields().size())
                .sum());
    }

    private static boolean is(SampleRequest request, String contact, String part) {
        return request.path().equals("/contacts/%s/%s".formatted(contact, part));
    }

    private long asked(String template, String contact) {
        return bench.openPhone().requests().all().stream()
                .filter(request -> request.template().equals(template) && request.path().contains("/" + contact + "/")).count();
    }

    private List<String> gaps() {
        return bench.database().rows("SELECT kind, reason FROM workspace_gaps").stream()
                .map((Row row) -> row.text("kind") + ": " + row.text("reason")).toList();
    }
}
