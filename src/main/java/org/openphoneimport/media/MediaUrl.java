package org.openphoneimport.media;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where a file is, read as browsers read it: what may not stand in a URL is encoded, what is encoded stays as it is.
 *
 * @param scheme http or https
 * @param host in ASCII, an IPv6 address without its brackets
 * @param path with what may stand before the query
 * @param query null without one
 */
record MediaUrl(String scheme, String host, int port, String path, @Nullable String query) {

    private static final int LONGEST = 8192;

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::([0-9]{0,5}))?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+");
    private static final String NEVER_RAW = " \"<>`{}|\\^";

    /**
     * @param base what it is relative to, if it is: the URL that redirects to it
     */
    static MediaUrl read(@Nullable MediaUrl base, String text) throws DownloadException.Refused {
        if (text.length() > LONGEST) {
            throw refused("has %d characters".formatted(text.length()));
        }
        var url = withoutFragment(text.replaceAll("[\\t\\r\\n]", "").replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", ""));
        var scheme = SCHEME.matcher(url);
        if (scheme.matches()) {
            var name = scheme.group(1).toLowerCase(Locale.ROOT);
            if (!name.equals("http") && !name.equals("https")) {
                throw refused("is not one of http or https, but of " + name);
            }
            return absolute(name, scheme.group(2));
        }
        if (base == null) {
            throw refused("names no host");
        }
        return base.resolve(url);
    }

    private static MediaUrl absolute(String scheme, String rest) throws DownloadException.Refused {
        var url = withSlashes(rest);
        if (!url.startsWith("//")) {
            throw refused("names no host");
        }
        int end = 2;
        while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
            end++;
        }
        var authority = url.substring(2, end);
        if (authority.contains("@")) {
            throw refused("names a user at its host");
        }
        var parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw refused("names no host");
        }
        var port = parts.group(2);
        return of(scheme, host(parts.group(1)),
                port == null || port.isEmpty() ? (scheme.equals("https") ? 443 : 80) : port(port), url.substring(end));
    }

    private MediaUrl resolve(String reference) throws DownloadException.Refused {
        var url = withSlashes(reference);
        if (url.startsWith("//")) {
            return absolute(scheme, url);
        }
        if (url.isEmpty()) {
            return this;
        }
        return of(scheme, host, port, switch (url.charAt(0)) {
            case '/' -> url;
            case '?' -> path + url;
            default -> path.substring(0, path.lastIndexOf('/') + 1) + url;
        });
    }

    private static MediaUrl of(String scheme, String host, int port, String rest) {
        int mark = rest.indexOf('?');
        var path = mark < 0 ? rest : rest.substring(0, mark);
        return new MediaUrl(scheme, host, port, encoded(withoutDots(path)),
                mark < 0 ? null : encoded(rest.substring(mark + 1)));
    }

    /** What is asked for: the path with the query. */
    String target() {
        return query == null ? path : path + "?" + query;
    }

    private static String host(String written) throws DownloadException.Refused {
        if (written.startsWith("[")) {
            return written.substring(1, written.length() - 1);
        }
        try {
            var host = IDN.toASCII(decoded(written), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            if (HOST.matcher(host).matches()) {
                return host;
            }
        } catch (IllegalArgumentException e) {
            throw refused("names no host: " + e.getMessage());
        }
        throw refused("names no host");
    }

    private static int port(String digits) throws DownloadException.Refused {
        int port = Integer.parseInt(digits);
        if (port > 65_535) {
            throw refused("names the port " + digits);
        }
        return port;
    }

    private static String withoutFragment(String url) {
        int mark = url.indexOf('#');
        return mark < 0 ? url : url.substring(0, mark);
    }

    private static String withSlashes(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? url.replace('\\', '/') : url.substring(0, mark).replace('\\', '/') + url.substring(mark);
    }

    /** Each of {@code .} and {@code ..} has been followed; empty segments stay. */
    private static String withoutDots(String path) {
        var segments = new ArrayDeque<String>();
        var all = path.split("/", -1);
        for (int i = 1; i < all.length; i++) {
            var plain = all[i].replaceAll("(?i)%2e", ".");
            boolean dots = plain.equals(".") || plain.equals("..");
            if (plain.equals("..")) {
                segments.pollLast();
            }
            if (!dots) {
                segments.addLast(all[i]);
            } else if (i == all.length - 1) {
                segments.addLast("");
            }
        }
        return "/" + String.join("/", segments);
    }

    /** A {@code %} that begins no escape stands for itself. */
    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            boolean raw = c == '%' ? isEscape(text, i) : c > ' ' && c < 0x7F && NEVER_RAW.indexOf(c) < 0;
            if (raw) {
                encoded.append((char) c);
            } else {
                for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
                }
            }
            i += Character.charCount(c);
        }
        return encoded.toString();
    }

    private static String decoded(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            if (isEscape(text, i)) {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 3;
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isEscape(String text, int i) {
        return text.charAt(i) == '%' && i + 2 < text.length() && HexFormat.isHexDigit(text.charAt(i + 1))
                && HexFormat.isHexDigit(text.charAt(i + 2));
    }

    private static DownloadException.Refused refused(String what) {
        return new DownloadException.Refused("Its URL " + what);
    }
}
