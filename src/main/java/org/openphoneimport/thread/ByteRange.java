package org.openphoneimport.thread;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Some bytes of a file, as a player asks for them.
 *
 * @param from the first
 * @param count how many; 0 for a range that the file does not have
 */
public record ByteRange(long from, long count) {

    // A function of AWS may answer no more than 6 MB. Who wants the rest asks again.
    private static final long MOST = 4_000_000;

    private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

    /** Empty when all of the file is wanted, or something that cannot be understood. */
    public static Optional<ByteRange> read(@Nullable String header, long size) {
        var form = FORM.matcher(header == null ? "" : header.strip());
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (form.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(form.group(2)));
            return Optional.of(new ByteRange(size - last, Math.min(last, MOST)));
        }
        long from = Long.parseLong(form.group(1));
        long to = form.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(form.group(2)));
        return to < from && !form.group(2).isEmpty() && Long.parseLong(form.group(2)) < from ? Optional.empty()
                : Optional.of(new ByteRange(from, Math.max(0, Math.min(to - from + 1, MOST))));
    }

    /** For {@code Content-Range}. */
    public String header(long size) {
        return count == 0 ? "bytes */" + size : "bytes %d-%d/%d".formatted(from, from + count - 1, size);
    }
}
