package org.openphoneimport.access;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PagePrincipalTest {

    private static final PageUser OLGA = PageUser
            .read("olga:$2y$10$abcdefghijklmnopqrstuu1234567890123456789012345678901:operator");
    private static final PageUser OLGA_LATER = PageUser
            .read("olga:$2y$10$zyxwvutsrqponmlkjihgfe1234567890123456789012345678901:viewer");

    @Test
    void a_cookie_holds_who_signed_in_and_with_what() {
        var principal = PagePrincipal.of(OLGA);

        assertThat(PagePrincipal.read(principal.getName())).contains(principal);
        assertThat(principal.isOf(OLGA)).isTrue();
        assertThat(principal.getName()).doesNotContain(OLGA.hash());
    }

    @Test
    void another_password_ends_all_sessions() {
        assertThat(PagePrincipal.of(OLGA).isOf(OLGA_LATER)).isFalse();
    }

    @Test
    void each_session_is_another_one() {
        assertThat(PagePrincipal.of(OLGA).session()).isNotEqualTo(PagePrincipal.of(OLGA).session());
    }

    @Test
    void a_cookie_of_an_earlier_version_is_none() {
        assertThat(PagePrincipal.read("olga")).isEmpty();
    }
}
