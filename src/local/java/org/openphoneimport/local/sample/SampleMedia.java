package org.openphoneimport.local.sample;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The files of the sample workspace. Documents in memory name them under {@link #ORIGIN}, for which a server puts the address
 * of its media host; the bytes follow from the name alone.
 */
public final class SampleMedia {

    /** Stands in documents for the media host, whose port is known only when it runs. */
    public static final String ORIGIN = "https://media.sample.invalid";

    private static final int SMALLEST = 1024;
    private static final int LARGEST = 60 * 1024;

    private static final Map<String, String> TYPES = Map.of("jpg", "image/jpeg", "png", "image/png", "gif", "image/gif",
            "mp4", "video/mp4", "pdf", "application/pdf", "vcf", "text/vcard", "mp3", "audio/mpeg");

    /** How such files begin, so that their bytes are what the name says. */
    private static final Map<String, String> BEGINNINGS = Map.of("jpg", "\u00FF\u00D8\u00FF\u00E0", "png",
            "\u0089PNG\r\n\u001A\n", "gif", "GIF89a", "mp4", "\0\0\0\u0018ftypmp42", "pdf", "%PDF-1.7\n", "vcf",
            "BEGIN:VCARD\r\n", "mp3", "ID3\u0004");

    private SampleMedia() {
    }

    /** Returns the URL of a file, for example {@code …/static/messages/AB12.jpg}. */
    static String url(String folder, String name, String extension) {
        return ORIGIN + "/static/" + folder + "/" + name + "." + extension;
    }

    /** Returns the bytes of the file with that path or URL, wherever the host is: 1 to 60 KB, always the same. */
    public static byte[] bytes(String url) {
        var path = url.substring(url.indexOf("/static/"));
        var random = new SplittableRandom(path.hashCode());
        var bytes = new byte[random.nextInt(SMALLEST, LARGEST + 1)];
        random.nextBytes(bytes);
        var beginning = BEGINNINGS.getOrDefault(extension(path), "").getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(beginning, 0, bytes, 0, beginning.length);
        return bytes;
    }

    /** Returns the MIME type the media host declares for that path or URL. */
    public static String contentType(String url) {
        return TYPES.getOrDefault(extension(url), "application/octet-stream");
    }

    private static String extension(String url) {
        return url.substring(url.lastIndexOf('.') + 1);
    }
}
