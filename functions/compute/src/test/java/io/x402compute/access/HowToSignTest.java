package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.ManualClock;
import io.x402compute.x402.evm.EvmWallet;

class HowToSignTest {
    private static final EvmWallet WALLET = EvmWallet.of("0x" + "11".repeat(32));

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final Signatures signatures = new Signatures(new InMemoryNonces(), clock);

    @Test
    void whoeverDoesWhatItSaysIsKnown() {
        assertThat(signatures.require(signed())).isEqualTo(WALLET.wallet());
    }

    @Test
    void aTimestampHoldsAsLongAsItSays() {
        ApiRequest request = signed();
        clock.advance(HowToSign.WINDOW);

        assertThat(signatures.require(request)).isEqualTo(WALLET.wallet());
    }

    private ApiRequest signed() {
        byte[] body = "{\"amount\":50}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> filled = new LinkedHashMap<>(Map.of(
                "X-Auth-Address", WALLET.wallet().address(), "X-Auth-Chain", "base",
                "X-Auth-Timestamp", Long.toString(clock.millis()), "X-Auth-Nonce", "0123456789abcdef",
                "X-Auth-Sig-Encoding", "hex"));
        String message = HowToSign.message().replace("{METHOD}", "POST").replace("{path}", "/compute/credits/topup")
                .replace("{lower-case hex SHA-256 of the body}", WalletMessage.hash(body));
        for (Map.Entry<String, String> header : filled.entrySet()) {
            message = message.replace("{" + header.getKey() + "}", header.getValue());
        }
        filled.put("X-Auth-Signature", WALLET.signMessage(message));
        assertThat(filled.keySet()).containsExactlyInAnyOrderElementsOf(HowToSign.HEADERS);
        Map<String, String> headers = new LinkedHashMap<>();
        filled.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new ApiRequest("POST", "/compute/credits/topup", Map.of(), Map.of(), "", headers, body, "test",
                "https://api", clock.instant().plusSeconds(29));
    }
}
