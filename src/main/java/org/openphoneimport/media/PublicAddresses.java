package org.openphoneimport.media;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses are the internet's: whatever else a URL leads to may be ours, and must not be asked on a stranger's word. */
final class PublicAddresses {

    /** IANA's special-purpose registry, multicast and what is reserved: private, link-local (with metadata), CGNAT ... */
    private static final List<Network> SPECIAL_V4 = networks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
            "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Given out, but inside of Azure it is the machine's own host, with what 169.254.169.254 is elsewhere.
            "168.63.129.16/32");

    /** All that has been given out. Outside lie ::1, fc00::/7, fe80::/10, multicast, and 64:ff9b::/96 of NAT64. */
    private static final Network GLOBAL_V6 = Network.of("2000::/3");

    /** Inside of it: protocols such as Teredo, documentation, and 6to4, which leads to any IPv4 address. */
    private static final List<Network> SPECIAL_V6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {
    }

    /** IPv4-mapped IPv6 addresses come as IPv4 addresses: Java makes them so. */
    static boolean contain(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet4Address
                ? SPECIAL_V4.stream().noneMatch(network -> network.contains(bytes))
                : GLOBAL_V6.contains(bytes) && SPECIAL_V6.stream().noneMatch(network -> network.contains(bytes));
    }

    private static List<Network> networks(String... networks) {
        return Stream.of(networks).map(Network::of).toList();
    }

    /**
     * Kept as a number: a native executable can hold no {@link InetAddress} that was made while it was built.
     *
     * @param prefix the bits of an address that name the network
     * @param rest how many bits follow them
     */
    private record Network(BigInteger prefix, int rest) {

        static Network of(String text) {
            int slash = text.indexOf('/');
            var address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            int rest = address.length * Byte.SIZE - Integer.parseInt(text, slash + 1, text.length(), 10);
            return new Network(new BigInteger(1, address).shiftRight(rest), rest);
        }

        boolean contains(byte[] address) {
            return new BigInteger(1, address).shiftRight(rest).equals(prefix);
        }
    }
}
