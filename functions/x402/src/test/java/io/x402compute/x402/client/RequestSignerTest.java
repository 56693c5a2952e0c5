package io.x402compute.x402.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.solana.SolanaWallet;

/** Signatures that a published client of the live product made. */
class RequestSignerTest {
    private static final String NONCE = "0123456789abcdef0123456789abcdef";
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_771_372_800_123L), ZoneOffset.UTC);
    private static final byte[] NO_BODY = new byte[0];

    private final RequestSigner onBase = RequestSigner.of(EvmWallet.of("0x" + "0".repeat(63) + "1"), CLOCK,
            new FixedNonce());

    @Test
    void requestsAreSignedAsPublishedClientsSignThem() {
        assertThat(onBase.headers("GET", "/compute/instances", NO_BODY)).isEqualTo(Map.of(
                "X-Auth-Address", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf",
                "X-Auth-Chain", "base",
                "X-Auth-Signature", "0xf382da2ae20f5a8739699f5a10d188756855445e2cbd0bd38f2f130f6da62ad3"
                        + "04c4ce567b3c5dc294f31bcfc5080fb47b8eaccd64ddb597c4b128da2a3fe2c51c",
                "X-Auth-Timestamp", "1771372800123",
                "X-Auth-Nonce", NONCE,
                "X-Auth-Sig-Encoding", "hex"));
    }

    @Test
    void theBodyIsSignedAndTheQueryIsNot() {
        byte[] body = "{\"label\":\"my-agent\"}".getBytes(StandardCharsets.UTF_8);
        HttpRequest signed = onBase.sign(HttpRequest.newBuilder(URI.create("https://x.example/compute/api-keys?a=b"))
                .method("POST", HttpRequest.BodyPublishers.noBody()).build(), body);

        assertThat(signed.headers().firstValue("X-Auth-Signature")).hasValue(
                "0x78ed926aac1c44f25876666011fb1f9870f83978bd2c4c42c29401e99131d6ea"
                        + "3813c47ef6bffe1d2186e99bdfa390f6085554a60325979ead9be21645cc880e1b");
        assertThat(signed.bodyPublisher().orElseThrow().contentLength()).isEqualTo(body.length);
    }

    @Test
    void walletsOfSolanaSignToo() {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) (i + 1);
        }
        assertThat(RequestSigner.of(SolanaWallet.ofSeed(seed), CLOCK, new FixedNonce())
                .headers("GET", "/compute/instances", NO_BODY))
                .containsEntry("X-Auth-Address", "9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj")
                .containsEntry("X-Auth-Chain", "solana")
                .containsEntry("X-Auth-Sig-Encoding", "base64")
                .containsEntry("X-Auth-Signature",
                        "8Lq//D0rgn0sholG2MrT1qnTvUIgLnMxxrAaUJ7bJkkg8bup+iSmJ/oCt9vAVCo2mNfsNFEvVdUpjcCAYPlbDA==");
    }

    private static final class FixedNonce implements RandomGenerator {
        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(HexFormat.of().parseHex(NONCE), 0, bytes, 0, bytes.length);
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }
    }
}
