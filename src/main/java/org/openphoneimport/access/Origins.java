package org.openphoneimport.access;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * From where requests may come. A page of a foreign site can have a browser send requests here, and can have a name of its own
 * resolve to this address (DNS rebinding); neither gets further than this.
 */
final class Origins {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    /** Methods that change nothing. */
    static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9_.-]+)(:\\d{1,5})?");

    private final Set<String> hosts;

    /** @param configured names beside those of this machine, without ports; {@code *.example.com} is any one below it */
    Origins(Stream<String> configured) {
        this.hosts = Stream.concat(THIS_MACHINE.stream(), configured.map(name -> name.strip().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a {@code Host} header names us, at whatever port. */
    boolean isOurs(@Nullable String host) {
        if (host == null) {
            return false;
        }
        var authority = AUTHORITY.matcher(host.toLowerCase(Locale.ROOT));
        return authority.matches() && (hosts.contains(authority.group(1)) || hosts.contains("*" + domain(authority.group(1))));
    }

    /**
     * Whether a request may be answered that changes something. Browsers say where it comes from; scripts say nothing.
     *
     * @param host the {@code Host} header, which is ours
     * @param origin the {@code Origin} header
     * @param site the {@code Sec-Fetch-Site} header: another port of this machine is the same site, but not the same origin
     */
    boolean mayChange(String method, @Nullable String host, @Nullable String origin, @Nullable String site) {
        if (READING.contains(method)) {
            return true;
        }
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        return origin == null || (host != null && authority(origin).equalsIgnoreCase(host));
    }

    /** Such as {@code .example.com} of {@code page.example.com}. */
    private static String domain(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? "" : host.substring(dot);
    }

    /** Without the scheme, which is another one behind a proxy that ends TLS. */
    private static String authority(String origin) {
        int end = origin.indexOf("://");
        return end < 0 ? "" : origin.substring(end + 3);
    }
}
