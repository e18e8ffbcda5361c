package org.openphoneimport.document;

import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.OpenPhoneJson;

import com.fasterxml.jackson.core.JsonProcessingException;

import static org.assertj.core.api.Assertions.assertThat;

class StorableTest {

    private final OpenPhoneJson json = new OpenPhoneJson();

    @Test
    void an_ordinary_text_stays_the_very_same() {
        var text = "Café 🚲 \t\n";

        assertThat(Storable.text(text)).isSameAs(text);
    }

    @Test
    void nul_characters_and_lone_surrogates_are_replaced() {
        assertThat(Storable.text("a\0b")).isEqualTo("a\uFFFDb");
        assertThat(Storable.text("a\uD83D")).isEqualTo("a\uFFFD");
        assertThat(Storable.text("\uDEB2b")).isEqualTo("\uFFFDb");
        assertThat(Storable.text("\uDEB2\uD83D")).isEqualTo("\uFFFD\uFFFD");
        assertThat(Storable.text("\uD83D\uD83D\uDEB2")).isEqualTo("\uFFFD🚲");
    }

    @Test
    void a_document_loses_nothing_of_them() throws JsonProcessingException {
        var document = json.read("""
                {"text":"a\\u0000b","na\\u0000me":["\\ud83d",{"deep":"\\udeb2"}],"emoji":"\\ud83d\\udeb2"}""");

        assertThat(Storable.json(document)).isEqualTo(json.read("""
                {"text":"a\\\\u0000b","na\\\\u0000me":["\\\\ud83d",{"deep":"\\\\udeb2"}],"emoji":"🚲"}"""));
    }

    @Test
    void numbers_that_postgres_cannot_hold_become_texts() throws JsonProcessingException {
        assertThat(Storable.json(json.read("1e200000"))).isEqualTo(json.read("\"1E+200000\""));
        assertThat(Storable.json(json.read("1e-200000"))).isEqualTo(json.read("\"1E-200000\""));
    }

    @Test
    void other_numbers_stay_exact_to_the_last_digit() throws JsonProcessingException {
        var exact = "0.123456789012345678901234567890123456789";

        assertThat(Storable.json(json.read(exact))).hasToString(exact);
        assertThat(Storable.json(json.read("9".repeat(400)))).hasToString("9".repeat(400));
    }

    @Test
    void a_number_of_thousands_of_digits_does_not_make_the_answer_unreadable() throws JsonProcessingException {
        assertThat(json.read("9".repeat(50_000)).isNumber()).isTrue();
    }
}
