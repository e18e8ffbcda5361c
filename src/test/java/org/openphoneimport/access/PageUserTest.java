package org.openphoneimport.access;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PageUserTest {

    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuu1234567890123456789012345678901";

    @Test
    void a_user_is_a_line_of_htpasswd_and_a_role() {
        var user = PageUser.read(" olga:" + HASH + ":operator");

        assertThat(user.name()).isEqualTo("olga");
        assertThat(user.hash()).isEqualTo(HASH);
        assertThat(user.isOperator()).isTrue();
        assertThat(PageUser.read("victor:" + HASH + ":viewer").isOperator()).isFalse();
    }

    @Test
    void whatever_else_is_refused_without_being_repeated() {
        for (var configured : new String[] { "olga", "olga:" + HASH, "olga:" + HASH + ":admin", "olga:secret:operator",
                ":" + HASH + ":viewer", "olga:{SHA}secret:viewer" }) {
            assertThatThrownBy(() -> PageUser.read(configured)).as(configured).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("name:hash:role").hasMessageNotContaining("secret").hasMessageNotContaining(HASH);
        }
    }

    @Test
    void no_hash_appears_where_a_user_is_named() {
        assertThat(PageUser.read("olga:" + HASH + ":operator")).hasToString("olga (operator)");
    }
}
