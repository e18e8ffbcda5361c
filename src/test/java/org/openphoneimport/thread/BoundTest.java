package org.openphoneimport.thread;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

@BesideOthers
class BoundTest {

    @Test
    void it_is_read_as_it_was_written() {
        for (var bound : new Bound[] { new Bound(Instant.parse("2026-01-02T03:04:05.123456Z"), "AC~1"),
                new Bound(null, "AC2") }) {
            assertThat(Bound.read(bound.text())).contains(bound);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "~", "AC1", "yesterday~AC1", "2026-01-02T03:04:05Z~AC\0", "+999999999-01-01T00:00:00Z~AC1" })
    void what_is_none_is_taken_for_none(String text) {
        assertThat(Bound.read(text)).isEmpty();
    }
}
