package org.openphoneimport.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that pages need: its address changes with its content, so that browsers may keep it. */
final class Asset {

    private Asset() {
    }

    static String address(String path) {
        try (var content = Asset.class.getResourceAsStream("/META-INF/resources" + path)) {
            if (content == null) {
                throw new IllegalStateException("There is no file " + path);
            }
            var digest = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return path + "?" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read " + path + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
