package org.openphoneimport.media;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StorageKeyTest {

    @Test
    void a_key_is_made_of_what_points_to_the_file() {
        assertThat(StorageKey.of("message", "AC12_3-x", 2)).isEqualTo("message/AC12_3-x/2");
    }

    @Test
    void an_id_leads_nowhere_else() {
        assertThat(StorageKey.of("message", "../../etc/passwd", 0)).isEqualTo("message/%2E%2E%2F%2E%2E%2Fetc%2Fpasswd/0");
        assertThat(StorageKey.of("message", "..", 0)).isEqualTo("message/%2E%2E/0");
        assertThat(StorageKey.of("message", "C:\\x é", 0)).isEqualTo("message/C%3A%5Cx%20%C3%A9/0");
    }

    @Test
    void different_ids_have_different_keys() {
        assertThat(StorageKey.of("message", "a%2F", 0)).isNotEqualTo(StorageKey.of("message", "a/", 0));
        assertThat(StorageKey.of("message", "a".repeat(300), 0)).isNotEqualTo(StorageKey.of("message", "a".repeat(301), 0));
    }

    @Test
    void a_key_fits_every_file_system() {
        assertThat(StorageKey.of("message", "é/".repeat(500), 0)).matches("message/sha256-[^/]{10,240}/0");
        assertThat(StorageKey.of("message", "", 0)).matches("message/sha256-[^/]{10,240}/0");
    }
}
