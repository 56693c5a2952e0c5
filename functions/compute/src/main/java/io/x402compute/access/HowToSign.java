package io.x402compute.access;

import java.time.Duration;
import java.util.List;

/** How a wallet proves that a request is its own, for whoever has never done so here. */
public final class HowToSign {
    /** What goes with the request. */
    public static final List<String> HEADERS = SignedRequest.HEADERS;
    /** How far {@code X-Auth-Timestamp} may be from our clock, either way. */
    public static final Duration WINDOW = Signatures.WINDOW;

    private HowToSign() {}

    /** The text to sign, with braces around what is to be filled in; what is a header is named as that header. */
    public static String message() {
        return new WalletMessage("{X-Auth-Chain}", "{X-Auth-Address}", "{METHOD}", "{path}",
                "{lower-case hex SHA-256 of the body}", "{X-Auth-Timestamp}", "{X-Auth-Nonce}").text();
    }
}
