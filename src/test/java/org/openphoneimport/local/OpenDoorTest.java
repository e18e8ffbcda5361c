package org.openphoneimport.local;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpenDoorTest {

    @Test
    void the_door_is_open_where_only_this_machine_gets_to_it() {
        for (var host : new String[] { "127.0.0.1", "localhost", "::1", "127.1.2.3" }) {
            assertThatCode(() -> new OpenDoor(Optional.empty(), host)).as(host).doesNotThrowAnyException();
        }
    }

    @Test
    void the_page_does_not_start_open_where_others_get_to_it() {
        for (var host : new String[] { "0.0.0.0", "::", "192.0.2.1" }) {
            assertThatThrownBy(() -> new OpenDoor(Optional.empty(), host)).as(host)
                    .hasMessageContaining("List users in PAGE_USERS");
        }
    }

    @Test
    void with_users_the_page_listens_where_it_is_told_to() {
        assertThatCode(() -> new OpenDoor(Optional.of(List.of("olga:hash:operator")), "0.0.0.0")).doesNotThrowAnyException();
    }
}
