package io.x402compute.access;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;

/**
 * How many calls of one kind may be made in a minute by whoever does not say who he is: from one address, and in all. What one address is
 * refused is not counted against everybody.
 */
public final class StrangerLimit {
    private static final String EVERYBODY = "everybody";
    /** Of an IPv6 address, what a network is given: its owner may change the rest for each call. */
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int IPV4_BYTES = 4;

    private final String kind;
    private final int perAddress;
    private final int inAll;
    private final CallCounts counts;
    private final Clock clock;

    /** @param kind as it stands in headers */
    public StrangerLimit(String kind, int perAddress, int inAll, CallCounts counts, Clock clock) {
        this.kind = kind;
        this.perAddress = perAddress;
        this.inAll = inAll;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Serves a call from that address.
     *
     * @param source an IP address as the gateway tells it
     * @throws ApiException 429 {@code rate_limited} when there is none left, and whatever {@code call} throws
     */
    public ApiResponse serve(String source, Supplier<ApiResponse> call) {
        Minute minute = Minute.of(clock.instant());
        require(minute.count(counts, network(source), kind, perAddress), "An address may make %d %s a minute");
        require(minute.count(counts, EVERYBODY, kind, inAll), "%d %s a minute are made here in all");
        return call.get();
    }

    private void require(Allowance left, String rule) {
        if (left.isExceeded()) {
            throw new ApiException(429, "rate_limited", rule.formatted(left.quota(), kind))
                    .withHeader("RateLimit-Policy", left.policyHeader()).withHeader("RateLimit", left.header())
                    .retryAfter(Duration.ofSeconds(left.secondsLeft()));
        }
    }

    private static String network(String source) {
        try {
            byte[] address = InetAddress.ofLiteral(source).getAddress();
            return address.length == IPV4_BYTES
                    ? source
                    : HexFormat.of().formatHex(Arrays.copyOf(address, IPV6_NETWORK_BYTES));
        } catch (IllegalArgumentException e) {
            // All who come without an address share one allowance.
            return "unknown";
        }
    }
}
