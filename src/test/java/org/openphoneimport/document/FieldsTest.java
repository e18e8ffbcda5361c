package org.openphoneimport.document;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.openphone.OpenPhoneJson;

import com.fasterxml.jackson.core.JsonProcessingException;

import static org.assertj.core.api.Assertions.assertThat;

class FieldsTest {

    private final OpenPhoneJson json = new OpenPhoneJson();

    @Test
    void a_text_that_is_null_or_missing_is_null_and_nothing_odd() throws JsonProcessingException {
        var fields = fields("{\"name\":null}");

        assertThat(fields.text("name")).isNull();
        assertThat(fields.text("other")).isNull();
        assertThat(fields.oddities()).isEmpty();
    }

    @Test
    void a_number_or_a_truth_value_where_a_text_belongs_is_its_text() throws JsonProcessingException {
        var fields = fields("{\"name\":5,\"other\":true}");

        assertThat(fields.text("name")).isEqualTo("5");
        assertThat(fields.text("other")).isEqualTo("true");
    }

    @Test
    void an_object_where_a_text_belongs_is_odd() throws JsonProcessingException {
        var fields = fields("{\"name\":{\"first\":\"Ann\"}}");

        assertThat(fields.text("name")).isNull();
        assertThat(fields.oddities()).containsExactly("name is not a text");
    }

    @Test
    void an_unknown_value_is_kept_and_odd() throws JsonProcessingException {
        var fields = fields("{\"status\":\"lost\"}");

        assertThat(fields.oneOf("status", Set.of("sent"))).isEqualTo("lost");
        assertThat(fields.oneOf("direction", Set.of("incoming"))).isNull();
        assertThat(fields.oddities()).containsExactly("status has the unknown value lost", "has no direction");
    }

    @Test
    void dates_come_with_and_without_fractions_and_offsets() throws JsonProcessingException {
        var fields = fields("""
                {"a":"2026-01-02T03:04:05Z","b":"2026-01-02T03:04:05.678Z","c":"2026-01-02T03:04:05+02:00"}""");

        assertThat(fields.instant("a")).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(fields.instant("b")).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(fields.instant("c")).isEqualTo(Instant.parse("2026-01-02T01:04:05Z"));
        assertThat(fields.oddities()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z",
            "+275760-09-13T00:00:00Z", "-0043-03-15T12:00:00Z", "+294276-12-31T23:59:59Z", "-4712-11-24T00:00:00Z" })
    void a_date_that_postgres_can_hold_is_one_however_far_it_is(String date) throws JsonProcessingException {
        var fields = fields("{\"a\":\"%s\"}".formatted(date));

        assertThat(fields.instant("a")).isEqualTo(Instant.parse(date));
        assertThat(fields.oddities()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "+294277-01-01T00:00:00Z", "-4712-11-23T23:59:59Z" })
    void a_date_that_postgres_cannot_hold_is_odd(String date) throws JsonProcessingException {
        var fields = fields("{\"a\":\"%s\"}".formatted(date));

        assertThat(fields.instant("a")).isNull();
        assertThat(fields.oddities()).containsExactly("a is not a date: " + date);
    }

    @ParameterizedTest
    @CsvSource({ "2026-08-09T05:37:03.850+0000, 2026-08-09T05:37:03.850Z", "2026-08-09T05:37:03-0430, 2026-08-09T10:07:03Z" })
    void an_offset_needs_no_colon(String date, Instant instant) throws JsonProcessingException {
        var fields = fields("{\"a\":\"%s\"}".formatted(date));

        assertThat(fields.instant("a")).isEqualTo(instant);
        assertThat(fields.oddities()).isEmpty();
    }

    @Test
    void what_is_not_a_date_is_odd() throws JsonProcessingException {
        var fields = fields("""
                {"a":"yesterday","b":1767322800,"c":"2026-02-30T00:00:00Z","d":"+999999999-12-31T23:59:59Z","e":""}""");

        for (var name : List.of("a", "b", "c", "d", "e")) {
            assertThat(fields.instant(name)).as(name).isNull();
        }
        assertThat(fields.oddities()).hasSize(5).allMatch(oddity -> oddity.contains("is not a date: "));
    }

    @Test
    void a_date_that_every_document_has_is_missed() throws JsonProcessingException {
        var fields = fields("{}");

        assertThat(fields.requiredInstant("createdAt")).isNull();
        assertThat(fields.oddities()).containsExactly("has no createdAt");
    }

    @Test
    void numbers_of_seconds_that_do_not_fit_are_odd() throws JsonProcessingException {
        var fields = fields("{\"a\":7,\"b\":null,\"c\":99999999999,\"d\":1e999999999,\"e\":\"7\"}");

        assertThat(fields.integer("a")).isEqualTo(7);
        for (var name : List.of("b", "c", "d", "e", "none")) {
            assertThat(fields.integer(name)).as(name).isNull();
        }
        assertThat(fields.oddities()).containsExactly("c is not a number of seconds", "d is not a number of seconds",
                "e is not a number of seconds");
    }

    @Test
    void texts_may_be_one_alone_or_mixed_with_others() throws JsonProcessingException {
        var fields = fields("{\"a\":[\"x\",5,null,\"y\"],\"b\":\"x\",\"c\":null}");

        assertThat(fields.texts("a")).containsExactly("x", "y");
        assertThat(fields.texts("b")).containsExactly("x");
        assertThat(fields.texts("c")).isEmpty();
        assertThat(fields.texts("none")).isEmpty();
    }

    private Fields fields(String document) throws JsonProcessingException {
        return new Fields(json.read(document));
    }
}
