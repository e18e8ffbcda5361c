package org.openphoneimport.media;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What kind of file was promised. Some hosts answer with a page instead, for people to log in or to read that something went
 * wrong, and call that a success.
 *
 * @param type MIME, in small letters and without parameters; empty when nothing was promised
 */
record Promise(String type) {

    /** How many of a file's first bytes tell whether it can be what was promised. */
    static final int HEAD = 512;

    private static final String ANYTHING = "application/octet-stream";

    private static final Pattern BINARY = Pattern.compile("(image|audio|video)/.*");
    private static final Pattern TEXT_AFTER_ALL = Pattern
            .compile("image/(svg\\+xml|x-xbitmap|x-xpixmap|x-portable-.*)|audio/(x-)?(mpegurl|scpls)");
    private static final Pattern PAGE = Pattern.compile("(text|application)/(.*\\+)?(html|xml|json)");
    private static final Pattern MARKUP = Pattern.compile("(\\xEF\\xBB\\xBF)?\\s*[<{\\[]");
    private static final Pattern HTML = Pattern
            .compile("(\\xEF\\xBB\\xBF)?\\s*(<!doctype html|<html|<head|<body|<title|<script|<\\?xml.*<html).*",
                    Pattern.DOTALL);

    static Promise of(MediaClaim.Held claim) {
        return claim.type() != null || claim.subject().equals("message")
                || claim.subject().equals("note") ? new Promise(mime(claim.type()))
                        : new Promise("audio/*");
    }

    /**
     * Whether a file can be what was promised; throws when it cannot.
     *
     * @param head its first bytes, {@link #HEAD} if there are so many
     * @param declared what its host says that it is
     * @return the type to keep it under
     */
    String check(byte[] head, @Nullable String declared) throws DownloadException.Failed {
        if (head.length == 0) {
            throw new DownloadException.Failed("It is empty");
        }
        boolean page = PAGE.matcher(mime(declared)).matches();
        boolean text = isText(head);
        if (text && !isSaidToBeBinary(head, mime(declared))) {
            checkText(head, page ? mime(declared) : "");
        }
        return page && !text ? storable(type) : storable(declared);
    }

    private void checkText(byte[] head, String declaredPage) throws DownloadException.Failed {
        if (HTML.matcher(new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT)).matches()
                || declaredPage.endsWith("html")) {
            if (!type.endsWith("html")) {
                throw instead("A page of HTML");
            }
        } else if (BINARY.matcher(type).matches() && !TEXT_AFTER_ALL.matcher(type).matches()) {
            throw instead("Text");
        } else if (!declaredPage.isEmpty() && !isAnything() && !type.endsWith(declaredPage.endsWith("xml") ? "xml" : "json")) {
            throw instead(declaredPage.endsWith("xml") ? "XML" : "JSON");
        }
    }

    /** A host that calls letters and digits a sound may be right; one that calls markup or JSON one answers with an error. */
    private static boolean isSaidToBeBinary(byte[] head, String declared) {
        return (BINARY.matcher(declared).matches() || declared.equals(ANYTHING))
                && !MARKUP.matcher(new String(head, StandardCharsets.ISO_8859_1)).lookingAt();
    }

    private boolean isAnything() {
        return type.isEmpty() || type.equals(ANYTHING);
    }

    private DownloadException.Failed instead(String what) {
        return new DownloadException.Failed(what + " came instead of " + (isAnything() ? "a file" : type));
    }

    /** As browsers tell: text has none of the characters that control something, but for those that part lines. */
    private static boolean isText(byte[] head) {
        for (byte each : head) {
            if (each >= 0 && each < ' ' && "\t\n\f\r\u001B".indexOf(each) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String mime(@Nullable String type) {
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** A host may declare anything, and S3 takes it as a header. */
    private static String storable(@Nullable String contentType) {
        return contentType != null && contentType.matches("[\\x20-\\x7E]{3,200}") && !contentType.endsWith("*") ? contentType
                : ANYTHING;
    }
}
