package io.x402compute.handler;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.x402compute.http.ApiRequest;

/** The preference {@code wait} of RFC 7240: for how many seconds a client would wait for an answer that says more. */
final class PreferredWait {
    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?:;.*)?");

    private PreferredWait() {}

    /** Empty without one that can be read: what is preferred and not understood is ignored. */
    static Optional<Duration> of(ApiRequest request, Duration longest) {
        return request.header("prefer").stream().flatMap(header -> Stream.of(header.split(",", -1))).map(WAIT::matcher)
                .filter(preference -> preference.matches()).findFirst()
                .map(preference -> Duration
                        .ofSeconds(Math.min(Long.parseLong(preference.group(1)), longest.toSeconds())));
    }
}
