package org.openphoneimport.directory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A number is only made what it surely is: what lacks a part could be anybody's. */
class E164Test {

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = { "US, (617) 555-0123, +16175550123", "US, 617.555.0123 ext. 5, +16175550123",
            "US, 1 617 555 0123, +16175550123", "US, 011 44 20 7946 0123, +442079460123", "CA, 613-555-0123, +16135550123",
            "US, +44 20 7946 0123, +442079460123", "GB, 020 7946 0123, +442079460123", "GB, +1 617 555 0123, +16175550123",
            "DE, 030 23125 123, +493023125123" })
    void a_number_that_is_whole_is_one(String region, String typed, String number) {
        assertThat(new E164(region).of(typed)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({ "US, 555-0123", "US, 5550123", "CA, 555-0123", "US, +1 555-0123", "US, 1-555-0123", "US, 011 1 555 0123",
            "GB, 555 0123", "GB, 7946 0123", "AU, 5550 0123", "FR, 55 01 23", "US, 911", "US, 24365",
            "US, ask Jo",
            "US, ''", "US, +44 123", "US, 617 555 01234 567890" })
    void a_number_that_lacks_its_area_code_is_none(String region, String typed) {
        assertThat(new E164(region).of(typed)).isNull();
    }

    @Test
    void a_number_of_an_area_that_is_new_is_whole_where_all_are_equally_long() {
        assertThat(new E164("US").of("(200) 555-0123")).isEqualTo("+12005550123");
    }
}
