package org.openphoneimport.thread;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

@BesideOthers
class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({ "bytes=0-,0,1000", "bytes=0-99,0,100", "bytes=900-,900,100", "bytes=900-2000,900,100", "bytes=-100,900,100",
            "bytes=-5000,0,1000", "bytes=1000-,1000,0", "bytes=5000-6000,5000,0", "bytes=-0,1000,0" })
    void a_player_gets_the_bytes_it_asks_for(String header, long from, long count) {
        assertThat(ByteRange.read(header, 1_000)).contains(new ByteRange(from, count));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "bytes=-", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes=9-3",
            "bytes=99999999999999999999-" })
    void what_is_no_range_means_all_of_the_file(String header) {
        assertThat(ByteRange.read(header, 1_000)).isEmpty();
    }

    @Test
    void one_answer_has_no_more_than_a_function_may_answer() {
        assertThat(ByteRange.read("bytes=0-", 50_000_000)).contains(new ByteRange(0, 4_000_000));
        assertThat(ByteRange.read("bytes=0-", 50_000_000).orElseThrow().header(50_000_000))
                .isEqualTo("bytes 0-3999999/50000000");
    }
}
