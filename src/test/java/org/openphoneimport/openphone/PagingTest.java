package org.openphoneimport.openphone;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PagingTest {

    private final Paging paging = new Paging();

    @Test
    void pages_that_bring_something_may_go_on_for_ever() {
        assertThatCode(() -> {
            for (int page = 0; page < 1000; page++) {
                paging.check(page("token-" + page, "row " + page));
            }
        }).doesNotThrowAnyException();
    }

    @Test
    void a_whole_list_begins_again_three_times_when_its_token_has_died() {
        var asked = new ArrayList<@Nullable String>();
        assertThat(Paging.all(token -> {
            asked.add(token);
            if (token != null && asked.size() <= 6) {
                throw new OpenPhoneException.Rejected("GET /list", 400, "Invalid cursor");
            }
            return token == null ? page("a", "row 1") : page(null, "row 2");
        })).containsExactly("row 1", "row 2");
        assertThat(asked).containsExactly(null, "a", null, "a", null, "a", null, "a");
        asked.clear();

        assertThatThrownBy(() -> Paging.all(token -> {
            asked.add(token);
            if (token != null) {
                throw new OpenPhoneException.Rejected("GET /list", 400, "Invalid cursor");
            }
            return page("a", "row 1");
        })).isInstanceOf(OpenPhoneException.Rejected.class).hasMessageContaining("Invalid cursor");
        assertThat(asked).hasSize(8);
    }

    @Test
    void pages_that_lead_back_do_not_come_to_an_end() {
        paging.check(page("a", "row"));
        paging.check(page("b", "row"));

        assertThatThrownBy(() -> paging.check(page("a", "row"))).isInstanceOf(OpenPhoneException.Rejected.class)
                .hasMessageContaining("do not come to an end");
    }

    @Test
    void empty_pages_are_no_end_but_a_hundred_in_a_row_are_an_error() {
        for (int page = 1; page < 100; page++) {
            paging.check(page("token-" + page));
        }

        assertThatThrownBy(() -> paging.check(page("token-100"))).isInstanceOf(OpenPhoneException.Rejected.class);
    }

    @Test
    void an_empty_last_page_is_the_end() {
        assertThatCode(() -> paging.check(page(null))).doesNotThrowAnyException();
    }

    @Test
    void the_same_rows_under_a_new_token_each_time_do_not_come_to_an_end() {
        paging.check(page("a", "row 1", "row 2"));
        paging.check(page("b", "row 3", "row 4"));
        // What came in meanwhile may have shifted two pages.
        paging.check(page("c", "row 1", "row 2"));
        paging.check(page("d", "row 4", "row 3"));

        assertThatThrownBy(() -> paging.check(page("e", "row 1"))).isInstanceOf(OpenPhoneException.Rejected.class)
                .hasMessageContaining("do not come to an end");
    }

    @Test
    void rows_that_come_again_now_and_then_are_no_end() {
        assertThatCode(() -> {
            for (int page = 0; page < 300; page++) {
                paging.check(page("token-" + page, "row " + page / 3));
            }
        }).doesNotThrowAnyException();
    }

    @Test
    void an_empty_page_that_names_itself_as_the_next_is_the_end_and_says_so() {
        paging.check(page("a", "row"));

        var last = paging.check(page("a"));

        assertThat(last.nextToken()).isNull();
        assertThat(last.oddities()).containsExactly(
                "The last page of the list is empty and names itself as the next; it was taken for the end");
    }

    private static Page<String> page(@Nullable String nextToken, String... rows) {
        return new Page<>(List.of(rows), nextToken, 0, "GET /v1/messages", null);
    }
}
