package org.openphoneimport.page;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

class CallPartsTest {

    @Test
    void what_is_here_is_told_first_and_what_does_not_exist_not_at_all() {
        var counts = JsonNodeFactory.instance.objectNode().put("none", 900).put("pending", 8).put("stored", 1_412)
                .put("failed", 0);

        assertThat(CallParts.words(counts)).isEqualTo("1,412 stored, 8 to be asked for");
    }

    @Test
    void of_a_run_without_calls_there_is_nothing_to_tell() {
        assertThat(CallParts.words(JsonNodeFactory.instance.objectNode().put("none", 3))).isNull();
    }
}
