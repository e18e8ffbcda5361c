package org.openphoneimport.page;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTest {

    @Test
    void a_cell_holds_whatever_stands_in_it() {
        assertThat(table("a, \"b\"\nc", null, 7)).isEqualTo("h\r\n\"a, \"\"b\"\"\nc\",,7\r\n");
    }

    @Test
    void no_cell_is_a_formula() {
        assertThat(table("=1+1", "-2", "@x", "\t=1", "+cmd|' /C calc'!A0")).isEqualTo(
                "h\r\n'=1+1,'-2,'@x,'\t=1,'+cmd|' /C calc'!A0\r\n");
    }

    @Test
    void a_telephone_number_keeps_its_plus() {
        assertThat(table("+16175550123")).isEqualTo("h\r\n+16175550123\r\n");
        assertThat(table("+16175550123, +16175550124")).isEqualTo("h\r\n\"+16175550123, +16175550124\"\r\n");
    }

    private static String table(@Nullable Object... cells) {
        return Csv.of(List.of("h"), Stream.of(Arrays.asList(cells)));
    }
}
