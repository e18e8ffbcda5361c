package org.openphoneimport.media;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;

/** How a file is packed on its way, without being asked to: what {@code Content-Encoding} says. */
final class Packing {

    private static final int BUFFER = 8192;

    // A head may name as many as it likes, each of them with memory of its own.
    private static final int MOST = 3;

    private static final Set<String> UNKNOWN = Set.of("br", "zstd", "compress", "x-compress", "dcb", "dcz");

    private Packing() {
    }

    /**
     * What is within a body.
     *
     * @param codings each value of the header, which may name several
     * @param contentType of what is within
     */
    static InputStream unpack(InputStream body, List<String> codings, @Nullable String contentType) throws IOException {
        var names = codings.stream().flatMap(value -> Stream.of(value.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        if (names.size() > MOST) {
            throw new DownloadException.Failed("Its host says that it is packed " + names.size() + " times");
        }
        var unpacked = body;
        // The last one was applied last.
        for (var name : names.reversed()) {
            unpacked = unpack(unpacked, name, contentType);
        }
        return unpacked;
    }

    /** Some hosts name other things here, such as a charset, and mean the bytes as they are. */
    private static InputStream unpack(InputStream bytes, String coding, @Nullable String contentType) throws IOException {
        if (UNKNOWN.contains(coding)) {
            throw new DownloadException.Failed("It is packed in a way that cannot be unpacked here: " + coding);
        }
        boolean gzip = coding.equals("gzip") || coding.equals("x-gzip");
        // An archive that is served so is not packed once more; browsers keep it as it is, too.
        if ((!gzip && !coding.equals("deflate")) || (gzip && isArchive(contentType))) {
            return bytes;
        }
        try {
            var buffered = new BufferedInputStream(bytes, BUFFER);
            buffered.mark(2);
            var beginning = buffered.readNBytes(2);
            buffered.reset();
            return beginning.length == 0 ? buffered
                    : gzip ? new GZIPInputStream(buffered, BUFFER) : inflating(buffered, beginning);
        } catch (DownloadException e) {
            throw e;
        } catch (IOException e) {
            throw new DownloadException.Failed("It is not packed as its host says, by %s: %s".formatted(coding, e.getMessage()),
                    e);
        }
    }

    /** The standard means zlib's format; some hosts send what is within that alone. */
    private static InputStream inflating(InputStream bytes, byte[] beginning) {
        boolean zlib = beginning.length == 2 && (beginning[0] & 0x0F) == 8
                && (((beginning[0] & 0xFF) << 8) | (beginning[1] & 0xFF)) % 31 == 0;
        return new InflaterInputStream(bytes, new Inflater(!zlib), BUFFER);
    }

    private static boolean isArchive(@Nullable String contentType) {
        var type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/gzip") || type.startsWith("application/x-gzip")
                || type.startsWith("application/x-tgz");
    }
}
