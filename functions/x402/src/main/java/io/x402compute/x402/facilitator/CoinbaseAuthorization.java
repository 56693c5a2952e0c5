package io.x402compute.x402.facilitator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/**
 * Authorizes calls to Coinbase's facilitator: a token of two minutes for each, which is good for one method and one path. Its claims are
 * those of Coinbase's own clients.
 */
public final class CoinbaseAuthorization implements FacilitatorAuthorization {
    /** Where that facilitator is. */
    public static final URI FACILITATOR = URI.create("https://api.cdp.coinbase.com/platform/v2/x402");

    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final int NONCE_BYTES = 16;
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private final Supplier<CoinbaseKey> key;
    private final Clock clock;

    /** @param key asked for when it is needed: it must not live as long as this object; may throw {@link NoKey} */
    public CoinbaseAuthorization(Supplier<CoinbaseKey> key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    @Override
    public Map<String, String> headers(String method, URI target) {
        return Map.of("Authorization", "Bearer " + token(key.get(), method, target));
    }

    private String token(CoinbaseKey signer, String method, URI target) {
        String unsigned = encoded(header(signer)) + "." + encoded(claims(signer, method, target));
        return unsigned + "." + BASE64_URL.encodeToString(signer.sign(unsigned.getBytes(StandardCharsets.US_ASCII)));
    }

    private static ObjectNode header(CoinbaseKey signer) {
        byte[] nonce = new byte[NONCE_BYTES];
        // A new source each time: one that was made before a snapshot of the process would repeat itself after it.
        new SecureRandom().nextBytes(nonce);
        return WireJson.object().put("alg", signer.algorithm()).put("kid", signer.id()).put("typ", "JWT")
                .put("nonce", HexFormat.of().formatHex(nonce));
    }

    private ObjectNode claims(CoinbaseKey signer, String method, URI target) {
        long now = clock.instant().getEpochSecond();
        ObjectNode claims = WireJson.object().put("sub", signer.id()).put("iss", "cdp");
        claims.putArray("aud").add("cdp_service");
        claims.putArray("uris").add(method + " " + target.getRawAuthority() + target.getRawPath());
        return claims.put("iat", now).put("nbf", now).put("exp", now + LIFETIME.toSeconds());
    }

    private static String encoded(ObjectNode json) {
        return BASE64_URL.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
