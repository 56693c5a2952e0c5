package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.x402.protocol.Hex;

class EcdsaTest {
    private static final String ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    /** Tests run where the native library loads, so a fall-back would be a fault here and is not hidden. */
    static Stream<Ecdsa> bothWays() {
        return Stream.of(Ecdsa.nativeLibrary().orElseThrow(), Ecdsa.bouncyCastle());
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void signsByteForByteAsEveryDeterministicSigner(Ecdsa ecdsa) {
        byte[] digest = Hex.bytes("0x50708d3bf7216e1aeabe7bf22081b9f36c7c287530f92510318f13a03d89dc86");
        assertThat(Hex.of(ecdsa.sign(digest, Hex.bytes(Vectors.KEY_A)).toBytes())).isEqualTo(Vectors.SEPOLIA_SIGNATURE);
        byte[] odd = Hex.bytes("0x7e9613714edd92ad20fa5b252ec168245031911a3438dd20225f083b6a688f8a");
        assertThat(Hex.of(ecdsa.sign(odd, Hex.bytes(Vectors.KEY_A)).toBytes())).isEqualTo(Vectors.BASE_SIGNATURE);
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void recoversTheSigner(Ecdsa ecdsa) {
        byte[] digest = Hex.bytes("0xf256992871671abcb27ff92885a7afa46218724e5fc0bac35d050115aa1d22e6");
        EcdsaSignature signature = EcdsaSignature.ofTokenCall(Hex.bytes(Vectors.SPEC_SIGNATURE)).orElseThrow();
        assertThat(ecdsa.signer(digest, signature)).contains(Hex.lowerCase(Vectors.SPEC_PAYER));
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void derivesAddresses(Ecdsa ecdsa) {
        assertThat(ecdsa.address(Hex.bytes(Vectors.KEY_A))).isEqualTo(Hex.lowerCase(Vectors.ADDRESS_A));
        assertThat(ecdsa.address(Hex.bytes(Vectors.KEY_ONE))).isEqualTo(Hex.lowerCase(Vectors.ADDRESS_ONE));
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void findsNoSignerWhereNoKeyCanHaveSigned(Ecdsa ecdsa) {
        byte[] digest = new byte[32];
        for (String r : new String[]{"00".repeat(32), ORDER, "00".repeat(31) + "05"}) {
            byte[] compact = Hex.bytes("0x" + r + "00".repeat(31) + "01");
            assertThat(ecdsa.signer(digest, new EcdsaSignature(compact, 0))).as(r).isEmpty();
        }
        byte[] zeroS = Hex.bytes("0x" + "00".repeat(31) + "01" + "00".repeat(32));
        assertThat(ecdsa.signer(digest, new EcdsaSignature(zeroS, 0))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void refusesNumbersThatAreNoKeys(Ecdsa ecdsa) {
        for (String number : new String[]{"00".repeat(32), ORDER, "01".repeat(31), "01".repeat(33)}) {
            assertThatThrownBy(() -> ecdsa.address(Hex.bytes("0x" + number))).as(number)
                    .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining(number);
        }
    }

    @Test
    void bothWaysAgreeOnManySignatures() {
        Ecdsa library = Ecdsa.nativeLibrary().orElseThrow();
        Ecdsa plain = Ecdsa.bouncyCastle();
        byte[] digest = new byte[32];
        byte[] key = Hex.bytes(Vectors.KEY_B);
        for (int i = 0; i < 200; i++) {
            digest = Keccak.hash(digest);
            EcdsaSignature signature = library.sign(digest, key);
            assertThat(plain.sign(digest, key).toBytes()).isEqualTo(signature.toBytes());
            assertThat(plain.signer(digest, signature)).contains(Hex.lowerCase(Vectors.ADDRESS_B))
                    .isEqualTo(library.signer(digest, signature));
            EcdsaSignature otherKey = new EcdsaSignature(signature.compact(), 1 - signature.recoveryId());
            assertThat(plain.signer(digest, otherKey)).isEqualTo(library.signer(digest, otherKey))
                    .isNotEqualTo(plain.signer(digest, signature));
        }
    }

    @Test
    void aSecondSignatureMadeFromTheFirstIsNotCanonical() {
        byte[] signature = Hex.bytes(Vectors.SEPOLIA_SIGNATURE);
        byte[] mirrored = signature.clone();
        byte[] s = new BigInteger(ORDER, 16)
                .subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64))).toByteArray();
        System.arraycopy(s, s.length - 32, mirrored, 32, 32);
        mirrored[64] = 28;
        assertThat(EcdsaSignature.ofTokenCall(signature)).isPresent();
        assertThat(EcdsaSignature.ofTokenCall(mirrored)).isEmpty();
    }

    @Test
    void bareRecoveryIdsAreForMessagesOnly() {
        byte[] signature = Hex.bytes(Vectors.SEPOLIA_SIGNATURE);
        signature[64] = 1;
        assertThat(EcdsaSignature.ofMessage(signature)).hasValueSatisfying(s -> assertThat(s.v()).isEqualTo((byte) 28));
        assertThat(EcdsaSignature.ofTokenCall(signature)).isEmpty();
        signature[64] = 2;
        assertThat(EcdsaSignature.ofMessage(signature)).isEmpty();
        signature[64] = 29;
        assertThat(EcdsaSignature.ofMessage(signature)).isEmpty();
    }
}
