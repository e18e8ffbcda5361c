package org.openphoneimport.media;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.apache.hc.core5.http.HttpHost;

/**
 * Decides where files may be fetched from. URLs come from outside: a name is resolved once, here, and what is connected to is
 * the very address that was found to be public.
 */
@ApplicationScoped
class MediaHosts {

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

    /** Where a URL leads to. */
    Target find(MediaUrl url) throws DownloadException {
        return new Target(new HttpHost(url.scheme(), address(url.host(), url.port()), url.host(), url.port()), url.target());
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
                    throw new DownloadException.Refused("Link points to a private address; not fetched: %s has the address %s"
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
