package io.x402compute.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.x402.protocol.Wallet;

/**
 * The {@code X-Auth-*} headers of a request, read but not believed.
 *
 * @param address as it was sent, which is how it was signed
 * @param wallet the same, in its one spelling
 * @param encoding of the signature: {@code hex}, {@code base64} or {@code base58}
 * @param timestamp as it was sent
 */
record SignedRequest(
        Chain chain,
        String address,
        Wallet wallet,
        String signature,
        String encoding,
        String timestamp,
        String nonce) {
    static final String NONCE_HEADER = "X-Auth-Nonce";

    private static final String ENCODING_HEADER = "X-Auth-Sig-Encoding";
    private static final List<String> NEEDED = List.of("X-Auth-Address", "X-Auth-Chain", "X-Auth-Signature",
            "X-Auth-Timestamp", NONCE_HEADER);
    static final List<String> HEADERS = Stream.concat(NEEDED.stream(), Stream.of(ENCODING_HEADER)).toList();
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{8,128}");

    /**
     * The headers, if the request has any of them.
     *
     * @throws ApiException 401 when some are missing or one cannot be what it should be
     */
    static Optional<SignedRequest> of(ApiRequest request) {
        long present = NEEDED.stream().filter(name -> request.header(name).isPresent()).count();
        if (present == 0 && request.header(ENCODING_HEADER).isEmpty()) {
            return Optional.empty();
        }
        if (present < NEEDED.size()) {
            throw missing();
        }
        return Optional.of(read(request));
    }

    static ApiException missing() {
        return ApiException.unauthorized("missing_auth", "Missing auth headers");
    }

    static ApiException invalid(String why) {
        return ApiException.unauthorized("invalid_auth", why);
    }

    Instant signedAt() {
        return Instant.ofEpochMilli(Long.parseLong(timestamp));
    }

    /** What the wallet signed if it signed this request under that path. */
    String message(ApiRequest request, String path) {
        return new WalletMessage(chain.text(), address, request.method(), path, WalletMessage.hash(request.body()),
                timestamp,
                nonce).text();
    }

    private static SignedRequest read(ApiRequest request) {
        Chain chain = Chain.named(header(request, "X-Auth-Chain")).orElseThrow(() -> invalid("Unknown X-Auth-Chain"));
        String address = header(request, "X-Auth-Address");
        Wallet wallet = Wallet.of(address).filter(chain::owns)
                .orElseThrow(() -> invalid("X-Auth-Address is no address of this chain"));
        return new SignedRequest(chain, address, wallet, header(request, "X-Auth-Signature"),
                request.header(ENCODING_HEADER).orElse(chain.usualEncoding()),
                matching(request, "X-Auth-Timestamp", MILLISECONDS), matching(request, NONCE_HEADER, NONCE));
    }

    private static String matching(ApiRequest request, String name, Pattern pattern) {
        String value = header(request, name);
        if (!pattern.matcher(value).matches()) {
            throw invalid(name + " is malformed");
        }
        return value;
    }

    private static String header(ApiRequest request, String name) {
        return request.header(name).orElseThrow(SignedRequest::missing);
    }
}
