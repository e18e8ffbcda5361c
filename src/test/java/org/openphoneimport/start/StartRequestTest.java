package org.openphoneimport.start;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.Window;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StartRequestTest {

    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final StartRequest EVERYTHING = new StartRequest(RunType.HISTORICAL,
            new Window(Window.BEGINNING, false, null), null);

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void nothing_asked_for_is_everything() throws JsonProcessingException {
        assertThat(StartRequest.read(null, NOW)).isEqualTo(EVERYTHING);
        assertThat(read("null")).isEqualTo(EVERYTHING);
        assertThat(read("{}")).isEqualTo(EVERYTHING);
        assertThat(read("{\"type\":null,\"from\":null,\"to\":null}")).isEqualTo(EVERYTHING);
    }

    @Test
    void a_start_that_was_asked_for_is_kept_apart_from_the_beginning() throws JsonProcessingException {
        assertThat(read("{\"from\":\"2020-01-01T00:00:00Z\"}").window())
                .isEqualTo(new Window(Window.BEGINNING, true, null));
    }

    @Test
    void dates_come_with_and_without_a_time() throws JsonProcessingException {
        assertThat(read("{\"from\":\"2026-01-31\",\"to\":\"2026-02-01T09:00:00+01:00\"}").window()).isEqualTo(
                new Window(Instant.parse("2026-01-31T00:00:00Z"), true, Instant.parse("2026-02-01T08:00:00Z")));
    }

    @Test
    void a_reconciliation_goes_back_a_day_unless_told_otherwise() throws JsonProcessingException {
        assertThat(read("{\"type\":\"reconciliation\"}")).isEqualTo(new StartRequest(RunType.RECONCILIATION,
                new Window(Instant.parse("2026-11-01T10:00:00Z"), false, null), null));
        assertThat(read("{\"type\":\"reconciliation\",\"from\":\"2026-10-01\"}").window().from())
                .isEqualTo("2026-10-01T00:00:00Z");
    }

    @Test
    void an_event_of_the_schedule_is_a_reconciliation() throws JsonProcessingException {
        assertThat(read("""
                {"version":"0","id":"53dc4d37","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012",
                 "time":"2026-11-02T10:00:00Z","region":"us-east-1","resources":[],"detail":{}}""").type())
                .isEqualTo(RunType.RECONCILIATION);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "[]                                     |      | The payload must be a JSON object",
            "`\"historical\"`                       |      | The payload must be a JSON object",
            "{\"type\":\"all\"}                     | type | type must be historical or reconciliation, not \"all\"",
            "{\"type\":5}                           | type | type must be historical or reconciliation, not 5",
            "{\"type\":\"HISTORICAL\"}              | type | type must be historical or reconciliation, not \"HISTORICAL\"",
            "{\"form\":\"2026-01-01\"}              | form | There is no field form: there are type, from, to and clear",
            "{\"from\":\"yesterday\"}               | from | from must be a date such as 2026-01-31 or 2026-01-31T09:00:00Z, "
                    + "not \"yesterday\"",
            "{\"from\":\"2026-02-30\"}              | from | from must be a date such as 2026-01-31 or 2026-01-31T09:00:00Z, "
                    + "not \"2026-02-30\"",
            "{\"from\":\"2026-11-03\"}              | from | from (2026-11-03T00:00:00Z) must not be in the future",
            "{\"to\":1767322800}                    | to   | to must be a date such as 2026-01-31 or 2026-01-31T09:00:00Z, "
                    + "not 1767322800",
            "{\"to\":[]}                            | to   | to must be a date such as 2026-01-31 or 2026-01-31T09:00:00Z, "
                    + "not []",
            "{\"from\":\"2026-02-01\",\"to\":\"2026-01-01\"} | from | from (2026-02-01T00:00:00Z) must be before to "
                    + "(2026-01-01T00:00:00Z)",
            "{\"from\":\"2026-02-01\",\"to\":\"2026-02-01\"} | from | from (2026-02-01T00:00:00Z) must be before to "
                    + "(2026-02-01T00:00:00Z)",
            "{\"to\":\"2019-01-01\"}                | to | to (2019-01-01T00:00:00Z) must be after "
                    + "2020-01-01T00:00:00Z, where a historical import begins if from is not given",
            "{\"from\":\"+1000000000-01-01\"}       | from | from must be a date such as 2026-01-31 or 2026-01-31T09:00:00Z, "
                    + "not \"+1000000000-01-01\"",
            "{\"to\":\"+999999999-01-01T00:00:00Z\"} | to   | to must be a date such as 2026-01-31 or 2026-01-31T09:00:00Z, "
                    + "not \"+999999999-01-01T00:00:00Z\"" })
    void what_cannot_be_meant_is_refused_in_a_sentence(String payload, String field, String sentence) {
        var refusal = catchThrowableOfType(StartRefusedException.class, () -> read(payload));

        assertThat(refusal).hasMessage(sentence);
        assertThat(refusal.field()).isEqualTo(field);
    }

    private StartRequest read(String payload) throws JsonProcessingException {
        return StartRequest.read(mapper.readTree(payload), NOW);
    }
}
