package io.x402compute.inference.outside;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Tells hosts of the internet from those that only somebody inside can reach (RFC 6890 and its registries). */
public final class PublicAddresses {
    private PublicAddresses() {}

    /**
     * Whether everything that the host of an address stands for is public. The JVM remembers what it has looked up for some seconds, so a
     * connection that is made at once goes to one of these; and whoever moved the name in between would need its certificate there.
     *
     * @throws UnknownHostException if there is no such host
     */
    public static boolean isPublic(URI url) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(url.getHost())).allMatch(PublicAddresses::isPublic);
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return switch (first) {
            case 0 -> false;
            case 100 -> second < 64 || second > 127;
            case 192 -> !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 240;
        };
    }

    /** Of what is given out at all, without the ranges that carry an IPv4 address inside. */
    private static boolean isPublic6(byte[] bytes) {
        int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
        boolean givenOut = first >>> 13 == 1;
        boolean tunnelled = first == 0x2002 || (first == 0x2001 && second == 0);
        boolean forDocuments = (first == 0x2001 && second == 0xdb8) || first == 0x3fff;
        return givenOut && !tunnelled && !forDocuments;
    }
}
