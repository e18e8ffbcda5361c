package org.openphoneimport.media;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Decides where files may be fetched from. URLs come from outside: a name is resolved once, here, and what is connected to is
 * the very address that was found to be public.
 */
@ApplicationScoped
class MediaHosts {

    private static final int LONGEST_URL = 8192;

    private final NameResolver resolver;
    private final Predicate<InetAddress> isPublic;
    private final Set<String> allowed;

    @Inject
    MediaHosts(MediaConfig config, NameResolver resolver) {
        this(config, resolver, PublicAddresses::contain);
    }

    MediaHosts(MediaConfig config, NameResolver resolver, Predicate<InetAddress> isPublic) {
        this.resolver = resolver;
        this.isPublic = isPublic;
        this.allowed = Set.copyOf(config.allowedHosts().orElse(List.of()).stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT)).toList());
    }

    /**
     * Where a file is fetched.
     *
     * @param host with the address that was checked; its name is what is asked for, and what a certificate has to say
     * @param path with the query
     */
    record Target(HttpHost host, String path) {
    }

    /**
     * Where a URL leads to.
     *
     * @param base what it is relative to, if it is: the URL that redirects to it
     */
    Target find(@Nullable URI base, String url) throws DownloadException {
        return find(parse(base, url));
    }

    Target find(URI uri) throws DownloadException {
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new DownloadException.Refused("Its URL is not one of http or https, but of " + scheme);
        }
        var authority = authority(uri);
        int port = authority.getPort() >= 0 ? authority.getPort() : scheme.equals("https") ? 443 : 80;
        var address = address(authority.getHostName(), port);
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Target(new HttpHost(scheme, address, authority.getHostName(), port),
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    static URI parse(@Nullable URI base, String url) throws DownloadException {
        if (url.length() > LONGEST_URL) {
            throw new DownloadException.Refused("Its URL has %d characters".formatted(url.length()));
        }
        try {
            var uri = new URI(url.strip());
            return base == null ? uri : base.resolve(uri);
        } catch (URISyntaxException e) {
            throw new DownloadException.Refused("Its URL is none: " + e.getReason());
        }
    }

    private static URIAuthority authority(URI uri) throws DownloadException {
        try {
            var authority = URIAuthority.create(uri.getRawAuthority());
            if (authority != null && authority.getUserInfo() == null && !authority.getHostName().isEmpty()) {
                return authority;
            }
        } catch (URISyntaxException e) {
            throw new DownloadException.Refused("Its URL names no host: " + e.getReason());
        }
        throw new DownloadException.Refused("Its URL names no host, or a user at one");
    }

    /** The first one, as Java orders them: IPv4 before IPv6. One that is not public among them is no accident. */
    private InetAddress address(String host, int port) throws DownloadException {
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new DownloadException.Failed("There is no host " + host, e);
        }
        if (!isAllowed(host, port)) {
            for (var address : addresses) {
                if (!isPublic.test(address)) {
                    throw new DownloadException.Refused("%s is not on the public internet: it has the address %s"
                            .formatted(host, address.getHostAddress()));
                }
            }
        }
        return addresses[0];
    }

    private boolean isAllowed(String host, int port) {
        var name = host.toLowerCase(Locale.ROOT);
        var bracketed = name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
        return allowed.contains(name) || allowed.contains(bracketed) || allowed.contains(bracketed + ":" + port);
    }
}
