package org.openphoneimport.openphone;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.OpenPhone.ThreadQuery;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadQueryTest {

    private static final Instant FROM = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void a_thread_is_asked_for_by_its_number_its_parties_and_the_time_of_creation() {
        var query = new ThreadQuery("PN1", List.of("+16175550101", "+16175550102"), null, FROM, TO).request("messages").query();

        assertThat(query.get("phoneNumberId")).containsExactly("PN1");
        assertThat(query.get("participants")).containsExactly("+16175550101", "+16175550102");
        assertThat(query.get("createdAfter")).containsExactly("2026-02-01T00:00:00Z");
        assertThat(query.get("createdBefore")).containsExactly("2026-03-01T00:00:00Z");
    }

    @Test
    void without_times_everything_is_asked_for() {
        var query = new ThreadQuery("PN1", List.of("+16175550101"), null, null, null).request("calls").query();

        assertThat(query).containsOnlyKeys("phoneNumberId", "participants");
    }

    @Test
    void only_a_thread_with_one_other_party_has_calls_that_are_listed() {
        assertThat(new ThreadQuery("PN1", List.of("+16175550101"), null, null, null).isOneToOne()).isTrue();
        assertThat(new ThreadQuery("PN1", List.of("+16175550101", "+16175550102"), null, null, null).isOneToOne()).isFalse();
    }
}
