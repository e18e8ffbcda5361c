package org.openphoneimport.access;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OriginWildcardTest {

    private final Origins origins = new Origins(Stream.of("*.lambda-url.us-east-1.on.aws"));

    @Test
    void any_one_name_below_a_domain_is_ours() {
        assertThat(origins.isOurs("abc.lambda-url.us-east-1.on.aws")).isTrue();
        assertThat(origins.isOurs("abc.lambda-url.us-east-1.on.aws:443")).isTrue();
        assertThat(origins.isOurs("localhost:8080")).isTrue();
    }

    @Test
    void the_domain_itself_and_what_only_looks_like_it_are_not() {
        assertThat(origins.isOurs("lambda-url.us-east-1.on.aws")).isFalse();
        assertThat(origins.isOurs("a.b.lambda-url.us-east-1.on.aws")).isFalse();
        assertThat(origins.isOurs("abc.lambda-url.us-east-1.on.aws.example.com")).isFalse();
        assertThat(origins.isOurs("*")).isFalse();
        assertThat(origins.isOurs("example")).isFalse();
    }
}
