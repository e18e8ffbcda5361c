package org.openphoneimport.reading;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationMatcherTest {

    private static final String OWN = "+16175550100";
    private static final String OTHER = "+16175550101";
    private static final String FORMER = "+16175550102";
    private static final Map<String, String> NUMBERS = Map.of("PN1", OWN);

    @Test
    void all_parties_but_our_own_number_make_the_conversation() {
        assertThat(ConversationMatcher.keys("PN1", List.of(OWN, OTHER), NUMBERS)).first().isEqualTo("PN1 " + OTHER);
        assertThat(ConversationMatcher.keys("PN1", List.of(OWN, OTHER), NUMBERS)).doesNotContain("PN1 " + OWN);
    }

    @Test
    void of_a_number_that_was_deleted_it_may_be_any_of_them() {
        assertThat(ConversationMatcher.keys("PN2", List.of(FORMER, OTHER), NUMBERS))
                .containsExactly("PN2 " + OTHER, "PN2 " + FORMER, "PN2 " + OTHER + " " + FORMER);
    }

    @Test
    void of_a_number_that_was_another_one_then_it_may_be_any_of_them_unless_all_are_others() {
        assertThat(ConversationMatcher.keys("PN1", List.of(FORMER, OTHER), NUMBERS))
                .containsExactly("PN1 " + OTHER + " " + FORMER, "PN1 " + OTHER, "PN1 " + FORMER);
    }

    @Test
    void a_row_without_a_number_is_of_the_own_number_among_its_parties() {
        assertThat(ConversationMatcher.keys(null, List.of(OTHER, OWN), NUMBERS)).first().isEqualTo("PN1 " + OTHER);
        assertThat(ConversationMatcher.keys(null, List.of(OTHER, FORMER), NUMBERS)).isEmpty();
    }
}
