package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTest {

    @Test
    void a_request_reads_as_it_can_be_tried_again_by_hand() {
        var request = Request.list("messages").with("phoneNumberId", "PN1")
                .with("participants", List.of("+16175550123", "+16175550124")).page(100, "a/b+c=");

        assertThat(request).hasToString("GET /v1/messages?phoneNumberId=PN1&participants=%2B16175550123"
                + "&participants=%2B16175550124&maxResults=100&pageToken=...");
    }

    @Test
    void what_is_null_is_not_asked_for() {
        var request = Request.list("conversations").with("updatedAfter", (Object) null).created(null, null).page(50, null);

        assertThat(request).hasToString("GET /v1/conversations?maxResults=50");
    }

    @Test
    void one_document_is_asked_for_by_its_id() {
        assertThat(Request.get("messages", "AC1")).hasToString("GET /v1/messages/AC1");
    }

    @Test
    void the_dated_api_has_other_paths_other_names_for_pages_and_brackets() {
        var slice = new TimeSlice(null, Instant.parse("2026-02-01T00:00:00Z"));
        var request = Request.dated("messages").within("gt", "lt", slice).page(50, "cursor");

        assertThat(request).hasToString("GET /messages?createdAt%5Bgt%5D=1900-01-01T00%3A00%3A00Z"
                + "&createdAt%5Blt%5D=2026-02-01T00%3A00%3A00.001Z&limit=50&after=...");
    }

    @Test
    void times_are_in_utc() {
        var request = Request.list("calls").created(Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-02-01T00:00:00.001Z"));

        assertThat(request.query().getFirst("createdAfter")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(request.query().getFirst("createdBefore")).isEqualTo("2026-02-01T00:00:00.001Z");
    }

    @Test
    void a_request_is_not_changed_by_what_is_made_of_it() {
        var thread = Request.list("messages").with("phoneNumberId", "PN1");

        thread.page(100, "second");

        assertThat(thread.parameters()).hasSize(1);
    }
}
