package org.openphoneimport.openphone;

import org.junit.jupiter.api.Test;
import org.openphoneimport.document.MessageDocument;

import com.fasterxml.jackson.core.JsonProcessingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PageTest {

    private static final Request REQUEST = Request.list("messages");

    private final OpenPhoneJson json = new OpenPhoneJson();

    @Test
    void rows_keep_their_order_and_elements_that_are_no_documents_are_counted() throws JsonProcessingException {
        var page = page("""
                {"data":[{"id":"AC2"},{"text":"no id"},{"id":"AC1"},null,{"id":5},{"id":" "},"row"],"nextPageToken":"next"}""");

        assertThat(page.items()).extracting(MessageDocument::id).contains("AC2", "AC1", "5").hasSize(5);
        assertThat(page.unreadable()).isEqualTo(2);
        assertThat(page.nextToken()).isEqualTo("next");
        assertThat(page.request()).isEqualTo("GET /v1/messages");
    }

    @Test
    void the_last_page_has_a_token_that_is_null_missing_or_empty() throws JsonProcessingException {
        assertThat(page("{\"data\":[],\"nextPageToken\":null}").nextToken()).isNull();
        assertThat(page("{\"data\":[]}").nextToken()).isNull();
        assertThat(page("{\"data\":[],\"nextPageToken\":\"\"}").nextToken()).isNull();
    }

    @Test
    void an_empty_page_with_a_token_is_not_the_last() throws JsonProcessingException {
        assertThat(page("{\"data\":[],\"nextPageToken\":\"next\"}").nextToken()).isEqualTo("next");
    }

    @Test
    void a_document_without_an_id_gets_the_same_one_each_time() throws JsonProcessingException {
        var first = page("{\"data\":[{\"text\":\"no id\"},{\"text\":\"another\"}]}");
        var again = page("{\"data\":[{\"text\":\"no id\"}]}");

        assertThat(first.items()).extracting(MessageDocument::id).doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("unidentified-"));
        assertThat(again.items().getFirst().id()).isEqualTo(first.items().getFirst().id());
        assertThat(first.items().getFirst().oddities()).contains("has no id");
    }

    @Test
    void data_that_is_no_list_is_no_answer() {
        assertThatThrownBy(() -> page("{\"data\":{\"id\":\"AC1\"}}"))
                .isInstanceOf(OpenPhoneException.Unavailable.class).hasMessageContaining("without a list");
        assertThatThrownBy(() -> page("{\"data\":null}")).isInstanceOf(OpenPhoneException.Unavailable.class);
    }

    private Page<MessageDocument> page(String answer) throws JsonProcessingException {
        return Page.read(REQUEST, json.read(answer), MessageDocument::read);
    }
}
