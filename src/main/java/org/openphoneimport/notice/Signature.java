package org.openphoneimport.notice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver knows that a post comes from here and is no old one: HMAC-SHA256 over id, time and body, as
 * <a href="https://www.standardwebhooks.com">Standard Webhooks</a> have it, so that their libraries verify it.
 */
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final int LEAST = 24;
    private static final int MOST = 64;

    private final List<byte[]> secrets;

    private Signature(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /**
     * Reads what posts are signed with.
     *
     * @param secrets one, or two with a space between while one replaces the other
     * @throws NotSentException when it is none
     */
    static Signature with(String secrets) throws NotSentException {
        var read = Arrays.stream(secrets.strip().split("\\s+")).map(Signature::bytes).toList();
        if (read.stream().anyMatch(secret -> secret.length < LEAST || secret.length > MOST)) {
            throw new NotSentException("The signing secret of the webhook must be whsec_ and %d to %d bytes in base64"
                    .formatted(LEAST, MOST));
        }
        return new Signature(read);
    }

    private static byte[] bytes(String secret) {
        try {
            return Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** The header webhook-signature. */
    String of(UUID id, Instant at, byte[] body) {
        var before = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
        return secrets.stream().map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(secret, before, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] hmac(byte[] secret, byte[] before, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(before);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
