package io.x402compute.x402.solana;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
    private static final byte[] KEY = Base58.decode("9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj").orElseThrow();
    private static final byte[] MESSAGE = """
            X402-COMPUTE-AUTH
            v1
            solana
            9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj
            GET
            /compute/instances
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            1771372800123
            0123456789abcdef0123456789abcdef""".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SIGNATURE = Base64.getDecoder()
            .decode("8Lq//D0rgn0sholG2MrT1qnTvUIgLnMxxrAaUJ7bJkkg8bup+iSmJ/oCt9vAVCo2mNfsNFEvVdUpjcCAYPlbDA==");

    @Test
    void walletsSignatureIsAccepted() {
        assertThat(MESSAGE).hasSize(207);
        assertThat(Ed25519.verify(KEY, MESSAGE, SIGNATURE)).isTrue();
    }

    @Test
    void anyChangedBitIsRefused() {
        assertThat(Ed25519.verify(KEY, flipped(MESSAGE, 0), SIGNATURE)).isFalse();
        assertThat(Ed25519.verify(KEY, MESSAGE, flipped(SIGNATURE, 0))).isFalse();
        assertThat(Ed25519.verify(KEY, MESSAGE, flipped(SIGNATURE, 63))).isFalse();
        assertThat(Ed25519.verify(flipped(KEY, 5), MESSAGE, SIGNATURE)).isFalse();
    }

    @Test
    void wrongLengthsAreRefused() {
        assertThat(Ed25519.verify(Arrays.copyOf(KEY, 31), MESSAGE, SIGNATURE)).isFalse();
        assertThat(Ed25519.verify(Arrays.copyOf(KEY, 33), MESSAGE, SIGNATURE)).isFalse();
        assertThat(Ed25519.verify(KEY, MESSAGE, Arrays.copyOf(SIGNATURE, 63))).isFalse();
        assertThat(Ed25519.verify(KEY, MESSAGE, Arrays.copyOf(SIGNATURE, 65))).isFalse();
        assertThat(Ed25519.verify(new byte[0], MESSAGE, new byte[0])).isFalse();
    }

    /** Under such a key R = the key and S = 0 is a signature of many messages, for want of any secret. */
    @ParameterizedTest
    @ValueSource(strings = {"0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"})
    void smallOrderKeysSignNothing(String hex) {
        byte[] key = HexFormat.of().parseHex(hex);

        for (int i = 0; i < 16; i++) {
            assertThat(Ed25519.verify(key, new byte[]{(byte) i}, Arrays.copyOf(key, 64))).isFalse();
        }
    }

    @Test
    void secondEncodingOfTheSameScalarIsRefused() {
        byte[] order = HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        byte[] malleable = SIGNATURE.clone();
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            int sum = (SIGNATURE[32 + i] & 0xff) + (order[i] & 0xff) + carry;
            malleable[32 + i] = (byte) sum;
            carry = sum >> 8;
        }

        assertThat(Ed25519.verify(KEY, MESSAGE, malleable)).isFalse();
    }

    private static byte[] flipped(byte[] bytes, int index) {
        byte[] changed = bytes.clone();
        changed[index] ^= 1;
        return changed;
    }
}
