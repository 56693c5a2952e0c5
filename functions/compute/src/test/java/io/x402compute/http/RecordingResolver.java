package io.x402compute.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Resolves names for every test, and remembers each {@code .invalid} one that was asked for: what is configured with such
 * names cannot call anybody unseen.
 */
public final class RecordingResolver extends InetAddressResolverProvider {
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    /** The {@code .invalid} names that were asked for, and forgets them. */
    public static List<String> asked() {
        List<String> asked = List.copyOf(ASKED);
        ASKED.clear();
        return asked;
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (host.endsWith(".invalid")) {
                    ASKED.add(host);
                    throw new UnknownHostException(host);
                }
                return system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "recording";
    }
}
