package org.openphoneimport.listing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A list of both generations is read from its first page to its last through one of them. */
@BesideOthers
class EitherGenerationTest {

    private static final Caller CALLER = new Caller(null, Instant.MAX);

    private static Page<String> page(String row, @Nullable String next) {
        return new Page<>(List.of(row), next, 0, "GET /list", null);
    }

    private static EitherGeneration.Pages<String> answering(String name) {
        return (caller, token) -> page(name + (token == null ? "1" : token), token == null ? "2" : null);
    }

    private static Page<String> refuses(Caller caller, @Nullable String token) {
        throw new OpenPhoneException.Rejected("GET /list", 403, "It is not given");
    }

    private static Page<String> doubts(Caller caller, @Nullable String token) {
        throw OpenPhoneException.implausible("GET /list", "It cannot be");
    }

    @Test
    void the_first_one_is_asked_as_long_as_it_answers() {
        var first = EitherGeneration.read(CALLER, null, answering("one"), answering("other")).page();
        assertThat(first.items()).containsExactly("one1");
        var second = EitherGeneration.read(CALLER, first.nextToken(), answering("one"), answering("other")).page();
        assertThat(second.items()).containsExactly("one2");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void a_token_of_the_other_goes_to_the_other() {
        var answer = EitherGeneration.read(CALLER, "other:2", answering("one"), answering("other"));
        assertThat(answer.page().items()).containsExactly("other2");
        assertThat(answer.ofOther()).isTrue();
    }

    @Test
    void where_both_are_asked_all_of_the_other_follows_all_of_the_first() {
        var rows = new ArrayList<String>();
        String token = null;
        do {
            var answer = EitherGeneration.readBoth(CALLER, token, answering("one"), answering("other"));
            assertThat(answer.ofOther()).isEqualTo(rows.size() >= 2);
            rows.addAll(answer.page().items());
            token = answer.page().nextToken();
        } while (token != null);

        assertThat(rows).containsExactly("one1", "one2", "other1", "other2");
    }

    @Test
    void where_both_are_asked_and_the_first_refuses_the_other_is_asked_once() {
        var first = EitherGeneration.readBoth(CALLER, null, EitherGenerationTest::refuses, answering("other")).page();
        var second = EitherGeneration.readBoth(CALLER, first.nextToken(), EitherGenerationTest::refuses, answering("other"))
                .page();

        assertThat(first.items()).containsExactly("other1");
        assertThat(second.items()).containsExactly("other2");
        assertThat(second.nextToken()).isNull();
        assertThat(EitherGeneration.confirms(first.nextToken())).isFalse();
    }

    @Test
    void an_answer_that_cannot_be_true_is_no_refusal() {
        assertThatThrownBy(() -> EitherGeneration.read(CALLER, null, EitherGenerationTest::doubts, answering("other")))
                .isInstanceOf(OpenPhoneException.Rejected.class);
    }
}
