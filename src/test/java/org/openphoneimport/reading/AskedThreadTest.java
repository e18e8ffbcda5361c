package org.openphoneimport.reading;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.openphone.OpenPhone.ThreadQuery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Which rows are of the thread that was asked for. */
class AskedThreadTest {

    private static final String OWN = "+16175550100";
    private static final String ONE = "+16175550101";
    private static final String OTHER = "+16175550102";
    private static final String THIRD = "+16175550103";

    private final AskedThread pair = thread(ONE);
    private final AskedThread group = thread(ONE, OTHER);

    @Test
    void messages_between_the_own_number_and_the_thread_are_of_it() {
        assertThat(pair.holds(message("PN1", OWN, ONE))).isTrue();
        assertThat(pair.holds(message(null, ONE, OWN))).isTrue();
        assertThat(group.holds(message("PN1", OTHER, OWN, ONE))).isTrue();
        assertThat(group.holds(message("PN1", OTHER, OWN))).isTrue();
    }

    @Test
    void messages_with_somebody_else_or_over_another_number_are_not() {
        assertThat(pair.holds(message("PN1", OWN, OTHER))).isFalse();
        assertThat(pair.holds(message("PN1", OTHER, OWN))).isFalse();
        assertThat(pair.holds(message("PN1", OTHER, OWN, ONE))).isFalse();
        assertThat(group.holds(message("PN1", OWN, ONE, THIRD))).isFalse();
        assertThat(pair.holds(message("PN2", OWN, ONE))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "22395", "Anonymous", "Shop", "" })
    void senders_in_other_formats_contradict_nothing(String sender) {
        assertThat(pair.holds(message("PN1", sender, OWN))).isTrue();
    }

    @Test
    void calls_are_told_by_their_participants_of_whom_there_may_be_none() {
        assertThat(pair.holds(call(ONE, OWN))).isTrue();
        assertThat(pair.holds(call())).isTrue();
        assertThat(pair.holds(call(OTHER, OWN))).isFalse();
        assertThat(thread("Anonymous").holds(call("Anonymous", OWN))).isTrue();
    }

    private static AskedThread thread(String... participants) {
        return new AskedThread(new ThreadQuery("PN1", List.of(participants), null, null, null));
    }

    private static MessageDocument message(@Nullable String number, String from, String... to) {
        return new MessageDocument("AC1", null, number, null, null, null, from, List.of(to), null, null, null, List.of(),
                List.of(),
                JsonNodeFactory.instance.objectNode());
    }

    private static CallDocument call(String... participants) {
        return new CallDocument("AC1", "PN1", null, List.of(participants), null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, List.of(), JsonNodeFactory.instance.objectNode());
    }
}
