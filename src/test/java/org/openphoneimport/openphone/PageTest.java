package org.openphoneimport.openphone;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PageTest {

    private static final Request REQUEST = Request.list("messages");

    private final OpenPhoneJson json = new OpenPhoneJson();

    @Test
    void rows_keep_their_order_and_those_without_an_id_are_counted() throws JsonProcessingException {
        var page = page(null, """
                {"data":[{"id":"AC2"},{"text":"no id"},{"id":"AC1"},null,{"id":5},{"id":" "},"row"],"nextPageToken":"next"}""");

        assertThat(page.items()).extracting(MessageDocument::id).containsExactly("AC2", "AC1");
        assertThat(page.withoutId()).isEqualTo(5);
        assertThat(page.nextToken()).isEqualTo("next");
        assertThat(page.request()).isEqualTo("GET /v1/messages");
    }

    @Test
    void the_last_page_has_a_token_that_is_null_missing_or_empty() throws JsonProcessingException {
        assertThat(page("a", "{\"data\":[],\"nextPageToken\":null}").nextToken()).isNull();
        assertThat(page("a", "{\"data\":[]}").nextToken()).isNull();
        assertThat(page("a", "{\"data\":[],\"nextPageToken\":\"\"}").nextToken()).isNull();
    }

    @Test
    void an_empty_page_with_a_token_is_not_the_last() throws JsonProcessingException {
        assertThat(page(null, "{\"data\":[],\"nextPageToken\":\"next\"}").nextToken()).isEqualTo("next");
    }

    @Test
    void a_page_that_leads_to_itself_is_no_answer() {
        assertThatThrownBy(() -> page("a", "{\"data\":[],\"nextPageToken\":\"a\"}"))
                .isInstanceOf(OpenPhoneException.Unavailable.class).hasMessageContaining("do not advance");
    }

    @Test
    void data_that_is_no_list_is_no_answer() {
        assertThatThrownBy(() -> page(null, "{\"data\":{\"id\":\"AC1\"}}"))
                .isInstanceOf(OpenPhoneException.Unavailable.class).hasMessageContaining("without a list");
        assertThatThrownBy(() -> page(null, "{\"data\":null}")).isInstanceOf(OpenPhoneException.Unavailable.class);
    }

    private Page<MessageDocument> page(@Nullable String token, String answer) throws JsonProcessingException {
        return Page.read(REQUEST, token, json.read(answer), MessageDocument::read);
    }
}
