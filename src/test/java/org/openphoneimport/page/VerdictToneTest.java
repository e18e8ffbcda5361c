package org.openphoneimport.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.status.Verification;

import static org.assertj.core.api.Assertions.assertThat;

/** A verdict is green only where nothing is open. */
class VerdictToneTest {

    @Test
    void nothing_open_is_good() {
        assertThat(panel(Map.of("newer", 2L, "absent", 1L, "accepted", 1L)).tone()).isEqualTo("good");
    }

    @ParameterizedTest
    @ValueSource(strings = { "unavailable", "waiting" })
    void what_is_refused_or_on_its_way_is_counted_and_shown(String kind) {
        var panel = panel(Map.of(kind, 3L));

        assertThat(panel.tone()).isEqualTo("waiting");
        assertThat(panel.words()).isEqualTo("Nothing missing, 3 not given");
    }

    private static VerdictPanel panel(Map<String, Long> kinds) {
        return VerdictPanel.of(new Verification("clean", Instant.EPOCH, List.of(), Map.of(), kinds, List.of(), List.of()));
    }
}
