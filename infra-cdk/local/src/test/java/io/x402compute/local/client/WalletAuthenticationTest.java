package io.x402compute.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.EvmWallet;

class WalletAuthenticationTest {
    private static final String NONCE = "0123456789abcdef0123456789abcdef";

    /** A signature that a published client of the live product made. */
    @Test
    void requestsAreSignedAsPublishedClientsSignThem() {
        WalletAuthentication authentication = new WalletAuthentication(
                EvmWallet.of("0x" + "0".repeat(63) + "1"),
                Clock.fixed(Instant.ofEpochMilli(1_771_372_800_123L), ZoneOffset.UTC), new FixedNonce());

        assertThat(authentication.headers("GET", "/compute/instances", new byte[0])).isEqualTo(
                Map.of(
                        "X-Auth-Address", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf",
                        "X-Auth-Chain", "base",
                        "X-Auth-Signature", "0xf382da2ae20f5a8739699f5a10d188756855445e2cbd0bd38f2f130f6da62ad3"
                                + "04c4ce567b3c5dc294f31bcfc5080fb47b8eaccd64ddb597c4b128da2a3fe2c51c",
                        "X-Auth-Timestamp", "1771372800123",
                        "X-Auth-Nonce", NONCE,
                        "X-Auth-Sig-Encoding", "hex"));
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
