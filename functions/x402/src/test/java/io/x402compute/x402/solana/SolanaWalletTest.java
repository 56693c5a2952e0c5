package io.x402compute.x402.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

class SolanaWalletTest {
    private static final byte[] SEED = bytes(1);

    @Test
    void aKeyPairAsWalletsExportItIsItsSeedsWallet() {
        byte[] pair = Arrays.copyOf(SEED, 64);
        System.arraycopy(Base58.decode(Vectors.PAYER.address()).orElseThrow(), 0, pair, 32, 32);
        assertThat(SolanaWallet.of(Base58.encode(pair)).address()).isEqualTo(Vectors.PAYER.address());
    }

    @Test
    void whatIsNoKeyPairIsRefusedWithoutBeingShown() {
        String halves = Base58.encode(Arrays.copyOf(SEED, 64));
        for (String text : new String[]{"", "0", Base58.encode(SEED), halves}) {
            assertThatThrownBy(() -> SolanaWallet.of(text)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("key pair").hasMessageNotContaining(Base58.encode(SEED));
        }
    }

    @Test
    void itSignsWhatItsAddressVerifies() {
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        byte[] key = Base58.decode(Vectors.PAYER.address()).orElseThrow();
        assertThat(Ed25519.verify(key, message, Vectors.PAYER.sign(message))).isTrue();
        assertThat(Vectors.PAYER).hasToString(Vectors.PAYER.address());
    }

    @Test
    void itSignsNothingThatDoesNotNameIt() {
        assertThatThrownBy(() -> Vectors.payment().signedBy(Vectors.wallet(9)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SolanaWallet.ofSeed(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
