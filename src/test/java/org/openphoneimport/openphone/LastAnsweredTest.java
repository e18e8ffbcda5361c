package org.openphoneimport.openphone;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked for to find out whether OpenPhone is away. */
class LastAnsweredTest {

    private static final Request FIRST = Request.list("messages").with("phoneNumberId", "PN1");
    private static final Request SECOND = Request.list("messages").with("phoneNumberId", "PN2");

    private final LastAnswered answered = new LastAnswered();

    @Test
    void it_is_of_the_kind_that_was_not_answered() {
        answered.note(Request.list("calls"));
        answered.note(FIRST);

        assertThat(answered.like(unanswered(SECOND))).isEqualTo(FIRST);
    }

    @Test
    void where_no_other_of_its_kind_was_answered_it_is_something_simple() {
        assertThat(answered.like(unanswered(FIRST))).isEqualTo(LastAnswered.SIMPLE);
        answered.note(Request.list("calls"));
        assertThat(answered.like(unanswered(FIRST))).isEqualTo(LastAnswered.SIMPLE);
    }

    @Test
    void what_was_not_answered_is_not_asked_for_to_find_that_out() {
        answered.note(FIRST);

        assertThat(answered.like(unanswered(FIRST))).isEqualTo(LastAnswered.SIMPLE);
    }

    @Test
    void the_last_that_was_answered_counts() {
        answered.note(FIRST);
        answered.note(SECOND);

        assertThat(answered.like(unanswered(FIRST))).isEqualTo(SECOND);
    }

    private static OpenPhoneException.Unavailable unanswered(Request request) {
        return new OpenPhoneException.Unavailable(request, "No answer", null);
    }
}
