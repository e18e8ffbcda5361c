package org.openphoneimport.notice;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Signatures as receivers' libraries compute them. */
class SignatureTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    // printf '%s' "$ID.1614265330.$BODY" | openssl dgst -sha256 -mac HMAC -macopt hexkey:... -binary | base64
    private static final String SIGNED = "v1,iCxWDzOB1td6pu5wFuJotaWTEKkcYodMae2NqIIaffg=";

    @Test
    void a_post_is_signed_as_openssl_signs_it() throws Exception {
        assertThat(Signature.with(SECRET).of(ID, AT, BODY)).isEqualTo(SIGNED);
        assertThat(Signature.with(SECRET.substring("whsec_".length())).of(ID, AT, BODY)).isEqualTo(SIGNED);
    }

    @Test
    void another_time_another_body_and_another_secret_make_another_signature() throws Exception {
        assertThat(Signature.with(SECRET).of(ID, AT.plusSeconds(1), BODY)).isNotEqualTo(SIGNED);
        assertThat(Signature.with(SECRET).of(ID, AT, new byte[0])).isNotEqualTo(SIGNED);
        assertThat(Signature.with(SECRET.replace('M', 'N')).of(ID, AT, BODY)).isNotEqualTo(SIGNED);
    }

    @Test
    void while_a_secret_is_replaced_each_of_both_verifies() throws Exception {
        var signed = Signature.with(SECRET.replace('M', 'N') + " " + SECRET).of(ID, AT, BODY);

        assertThat(signed.split(" ")).hasSize(2).contains(SIGNED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "whsec_", "short", "whsec_not base64 at all, is it, what do you think?", "whsec_c2hvcnQ=" })
    void what_no_library_takes_as_a_secret_is_refused_and_not_repeated(String secret) {
        assertThatThrownBy(() -> Signature.with(secret)).isInstanceOf(NotSentException.class)
                .hasMessage("The signing secret of the webhook must be whsec_ and 24 to 64 bytes in base64");
    }
}
