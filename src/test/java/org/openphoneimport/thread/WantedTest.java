package org.openphoneimport.thread;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

@BesideOthers
class WantedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "(617) 555-0123|6175550123", "+1 617.555.0123|16175550123", "555 0123|5550123",
            "0049 30 5550123|49305550123", "22395|22395", "617\u2011555\u20110123|6175550123" })
    void digits_are_those_of_a_number_however_it_is_typed(String typed, String digits) {
        assertThat(Wanted.of(typed).digits()).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "Wanda", "Room 617", "12", "-", "+", "()" })
    void what_is_no_number_has_no_digits(String typed) {
        assertThat(Wanted.of(typed).digits()).isEmpty();
    }

    @Test
    void what_cannot_be_stored_is_no_part_of_it() {
        assertThat(Wanted.of(" a\0b\uD800c\u0007 ").text()).isEqualTo("a b c");
        assertThat(Wanted.of("\0").isEmpty()).isTrue();
    }

    @Test
    void it_is_cut_to_what_can_be_searched_for() {
        assertThat(Wanted.of("😀".repeat(500)).text()).hasSizeLessThanOrEqualTo(200).endsWith("😀");
        assertThat(Wanted.of("x ".repeat(300)).words()).hasSize(10);
    }
}
