package org.openphoneimport.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Under which key a file is stored: {@code message/AC123/0}, made of what points to it, so that a file that comes twice comes
 * to the same place.
 */
final class StorageKey {

    // File systems take names of 255 bytes.
    private static final int LONGEST_NAME = 200;

    private StorageKey() {
    }

    static String of(String subject, String subjectId, int position) {
        return "%s/%s/%d".formatted(name(subject), name(subjectId), position);
    }

    /** Ids come from outside: what is no letter, digit, hyphen or underscore could lead elsewhere, and becomes {@code %XX}. */
    private static String name(String id) {
        var name = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            name.append(isPlain((char) b) ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return name.isEmpty() || name.length() > LONGEST_NAME ? "sha256-" + hash(id) : name.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    }

    private static String hash(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
