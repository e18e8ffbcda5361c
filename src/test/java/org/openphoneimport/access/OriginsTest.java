package org.openphoneimport.access;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OriginsTest {

    private final Origins origins = new Origins(Stream.of(" Import.Example.com "));

    @Test
    void the_page_answers_to_names_of_this_machine_and_to_configured_ones_at_any_port() {
        for (var host : new String[] { "localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "import.example.com",
                "IMPORT.example.com:443" }) {
            assertThat(origins.isOurs(host)).as(host).isTrue();
        }
    }

    @Test
    void the_page_does_not_answer_to_names_that_others_could_have_resolved_to_it() {
        for (var host : new String[] { null, "", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                "import.example.com.evil.example", "localhost:8080@evil.example", "localhost:port", "[::1",
                "169.254.169.254" }) {
            assertThat(origins.isOurs(host)).as(host).isFalse();
        }
    }

    @Test
    void only_our_own_pages_and_scripts_may_change_something() {
        assertThat(origins.mayChange("POST", "localhost:8080", "http://localhost:8080", "same-origin")).isTrue();
        assertThat(origins.mayChange("POST", "import.example.com", "https://import.example.com", "same-origin")).isTrue();
        assertThat(origins.mayChange("POST", "localhost:8080", null, null)).isTrue();

        assertThat(origins.mayChange("POST", "localhost:8080", "http://localhost:3000", "same-site")).isFalse();
        assertThat(origins.mayChange("POST", "localhost:8080", "http://localhost:3000", null)).isFalse();
        assertThat(origins.mayChange("POST", "localhost:8080", null, "cross-site")).isFalse();
        assertThat(origins.mayChange("POST", "localhost:8080", "null", null)).isFalse();
        assertThat(origins.mayChange("DELETE", "localhost:8080", "http://evil.example", null)).isFalse();
    }

    @Test
    void everybody_may_follow_a_link_to_the_page() {
        assertThat(origins.mayChange("GET", "localhost:8080", null, "cross-site")).isTrue();
    }

    @Test
    void redirects_to_ourselves_name_no_host() {
        assertThat(RelativeRedirects.relative("http://localhost:8080/runs/1?a=b", "localhost:8080")).isEqualTo("/runs/1?a=b");
        assertThat(RelativeRedirects.relative("https://import.example.com/", "import.example.com")).isEqualTo("/");
        assertThat(RelativeRedirects.relative("/login", "localhost")).isEqualTo("/login");
        assertThat(RelativeRedirects.relative("https://elsewhere.example/", "localhost"))
                .isEqualTo("https://elsewhere.example/");
    }
}
