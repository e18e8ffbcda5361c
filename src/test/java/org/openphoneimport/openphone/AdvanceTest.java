package org.openphoneimport.openphone;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdvanceTest {

    private final Advance advance = new Advance();

    @Test
    void pages_that_bring_something_may_go_on_for_ever() {
        assertThatCode(() -> {
            for (int page = 0; page < 1000; page++) {
                advance.check(page("token-" + page, "row"));
            }
        }).doesNotThrowAnyException();
    }

    @Test
    void pages_that_lead_back_do_not_come_to_an_end() {
        advance.check(page("a", "row"));
        advance.check(page("b", "row"));

        assertThatThrownBy(() -> advance.check(page("a", "row"))).isInstanceOf(OpenPhoneException.Unavailable.class)
                .hasMessageContaining("do not come to an end");
    }

    @Test
    void a_few_empty_pages_are_no_end_but_twenty_in_a_row_are_an_error() {
        for (int page = 1; page < 20; page++) {
            advance.check(page("token-" + page));
        }

        assertThatThrownBy(() -> advance.check(page("token-20"))).isInstanceOf(OpenPhoneException.Unavailable.class);
    }

    @Test
    void an_empty_last_page_is_the_end() {
        assertThatCode(() -> advance.check(page(null))).doesNotThrowAnyException();
    }

    private static Page<String> page(@Nullable String nextToken, String... rows) {
        return new Page<>(List.of(rows), nextToken, 0, "GET /v1/messages", null);
    }
}
