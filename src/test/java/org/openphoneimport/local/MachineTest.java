package org.openphoneimport.local;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MachineTest {

    /** Who names an API and forgets the key does not want to import made-up conversations. */
    @Test
    void without_a_key_the_sample_does_not_take_the_place_of_an_api_that_is_named() {
        assertThatThrownBy(() -> Machine.start(Environment.of(Map.of("OPENPHONE_BASE_URL", "https://api.example.com"))))
                .hasMessage(
                        "OPENPHONE_BASE_URL is set, but OPENPHONE_API_KEY is not. Set both, or none for the sample workspace");
    }
}
