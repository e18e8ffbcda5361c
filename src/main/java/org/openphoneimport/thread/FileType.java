package org.openphoneimport.thread;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a file is, as far as a browser may be told: its host is not believed that it is a page, a script or a drawing with
 * scripts.
 *
 * @param mime for the header; {@code application/octet-stream} for everything that is neither picture nor sound nor film
 * @param extension of the name under which it is saved
 */
public record FileType(String mime, String extension) {

    private static final String ANYTHING = "application/octet-stream";

    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
            "image/bmp");

    private static final Map<String, String> EXTENSIONS = Map.ofEntries(Map.entry("image/png", "png"),
            Map.entry("image/jpeg", "jpg"), Map.entry("image/gif", "gif"), Map.entry("image/webp", "webp"),
            Map.entry("image/avif", "avif"), Map.entry("image/bmp", "bmp"), Map.entry("image/heic", "heic"),
            Map.entry("image/tiff", "tiff"), Map.entry("audio/mpeg", "mp3"), Map.entry("audio/mp3", "mp3"),
            Map.entry("audio/wav", "wav"), Map.entry("audio/x-wav", "wav"), Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/mp4", "m4a"), Map.entry("audio/aac", "aac"), Map.entry("audio/amr", "amr"),
            Map.entry("video/mp4", "mp4"), Map.entry("video/3gpp", "3gp"), Map.entry("video/quicktime", "mov"),
            Map.entry("video/webm", "webm"), Map.entry("application/pdf", "pdf"), Map.entry("text/plain", "txt"),
            Map.entry("text/csv", "csv"), Map.entry("text/vcard", "vcf"), Map.entry("text/x-vcard", "vcf"));

    /**
     * Of what a file was declared to be.
     *
     * @param declared MIME as the file's host, or OpenPhone, declared it
     */
    public static FileType of(@Nullable String declared) {
        var mime = declared == null ? ANYTHING : declared.replaceAll("[;\\s].*", "").toLowerCase(Locale.ROOT);
        boolean shown = PICTURES.contains(mime) || mime.matches("(audio|video)/[a-z0-9.+-]{1,60}");
        return new FileType(shown ? mime : ANYTHING, EXTENSIONS.getOrDefault(mime, "bin"));
    }

    /** Whether a page can show it. */
    public boolean isPicture() {
        return PICTURES.contains(mime);
    }

    /** Whether a page can play it as a film. */
    public boolean isFilm() {
        return mime.startsWith("video/");
    }

    /** Whether a page can play it. */
    public boolean isSound() {
        return mime.startsWith("audio/");
    }
}
