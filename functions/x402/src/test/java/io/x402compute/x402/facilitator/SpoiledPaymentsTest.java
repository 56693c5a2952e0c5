package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.solana.TransferTransaction;

/** A good payment of which one thing is another than its payer signed. */
class SpoiledPaymentsTest {
    private static final BigInteger ORDER = new BigInteger(
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    private static final String STRANGER = Hex.lowerCase(Vectors.ADDRESS_B);
    private static final int SIGNATURE = 65;
    private static final int WORD = 32;

    private final OnchainBench base = new OnchainBench();
    private final SolanaBench solana = new SolanaBench(1);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void everyFieldOfATransferIsSigned(String field, UnaryOperator<Eip3009Authorization> change) {
        SchemePayload.Eip3009 signed = signed();
        base.chain.token().mint(STRANGER, 1_000_000);
        Eip3009Authorization changed = change.apply(signed.authorization());
        assertThat(changed).isNotEqualTo(signed.authorization());
        assertThat(reason(new SchemePayload.Eip3009(changed, signed.signature())))
                .isEqualTo("invalid_exact_evm_signature");
    }

    static Stream<Arguments> everyFieldOfATransferIsSigned() {
        return Stream.of(
                field("from", t -> new Eip3009Authorization(STRANGER, t.to(), t.value(), t.validAfter(),
                        t.validBefore(), t.nonce())),
                field("to", t -> new Eip3009Authorization(t.from(), STRANGER, t.value(), t.validAfter(),
                        t.validBefore(), t.nonce())),
                field("value", t -> new Eip3009Authorization(t.from(), t.to(), t.value().subtract(BigInteger.ONE),
                        t.validAfter(), t.validBefore(), t.nonce())),
                field("validAfter", t -> new Eip3009Authorization(t.from(), t.to(), t.value(), BigInteger.ZERO,
                        t.validBefore(), t.nonce())),
                field("validBefore", t -> new Eip3009Authorization(t.from(), t.to(), t.value(), t.validAfter(),
                        BigInteger.TWO.pow(256).subtract(BigInteger.ONE), t.nonce())),
                field("nonce", t -> new Eip3009Authorization(t.from(), t.to(), t.value(), t.validAfter(),
                        t.validBefore(), "0x" + "0".repeat(64))));
    }

    private static Arguments field(String name, UnaryOperator<Eip3009Authorization> change) {
        return arguments(name, change);
    }

    @Test
    void everyBitOfASignatureCounts() {
        SchemePayload.Eip3009 signed = signed();
        byte[] good = Hex.bytes(signed.signature());
        for (int bit = 0; bit < SIGNATURE * Byte.SIZE; bit++) {
            byte[] spoiled = good.clone();
            spoiled[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(reason(with(signed, spoiled))).as("bit %d", bit).isEqualTo("invalid_exact_evm_signature");
        }
    }

    /** Anybody can make it from the first: with it, the same transfer would have two texts. */
    @Test
    void theOtherSignatureOfTheSameKeyIsRefused() {
        SchemePayload.Eip3009 signed = signed();
        byte[] good = Hex.bytes(signed.signature());
        byte[] twin = good.clone();
        byte[] highS = ORDER.subtract(new BigInteger(1, Arrays.copyOfRange(good, WORD, 2 * WORD))).toByteArray();
        System.arraycopy(highS, highS.length - WORD, twin, WORD, WORD);
        for (int v : new int[]{0, 1, 27, 28, 29, 35, 255}) {
            twin[SIGNATURE - 1] = (byte) v;
            assertThat(reason(with(signed, twin))).as("v %d", v).isEqualTo("invalid_exact_evm_signature");
        }
    }

    /** Compact (EIP-2098), with something behind it, with something missing, of zeros: a plain key's has one form. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 66, 96, 1000})
    void aPlainKeysSignatureHas65Bytes(int length) {
        SchemePayload.Eip3009 signed = signed();
        assertThat(reason(with(signed, Arrays.copyOf(Hex.bytes(signed.signature()), length))))
                .isEqualTo("invalid_exact_evm_signature");
        assertThat(reason(with(signed, new byte[length]))).isEqualTo("invalid_exact_evm_signature");
    }

    /** The same transfer of the same token, were it on another chain, of another name or version, or another token. */
    @Test
    void aSignatureHoldsOnOneChainForOneToken() {
        Eip3009Authorization transfer = signed().authorization();
        for (PaymentRequirements elsewhere : List.of(Vectors.BASE_OFFER, renamed("USD Coin", "2"), renamed("USDC", "1"),
                new PaymentRequirements("exact", OnchainBench.OFFER.network(), OnchainBench.OFFER.amount(),
                        Vectors.ADDRESS_B, OnchainBench.OFFER.payTo(), 60, OnchainBench.OFFER.extra()))) {
            assertThat(reason(OnchainBench.PAYER.authorize(transfer, elsewhere))).as("%s", elsewhere)
                    .isEqualTo("invalid_exact_evm_signature");
        }
    }

    /** Every byte of the message is signed, whatever it is for; every byte of the signature counts. */
    @Test
    void noByteOfASolanaPaymentCanBeChanged() {
        byte[] good = ((SchemePayload.Solana) solana.payment().payload().schemePayload()).payment().transaction()
                .toBytes();
        int payersSignature = 1 + 64;
        List<Integer> open = IntStream.range(payersSignature, good.length).filter(at -> {
            byte[] spoiled = good.clone();
            spoiled[at] ^= 1;
            return TransferTransaction.read(spoiled) instanceof TransferTransaction.Reading.Read(var payment)
                    && solana.facilitator
                            .verify(SolanaBench.payment(payment, SolanaBench.OFFER)) instanceof Verification.Verified;
        }).boxed().toList();
        assertThat(open).isEmpty();
    }

    private SchemePayload.Eip3009 signed() {
        return (SchemePayload.Eip3009) base.payment().payload().schemePayload();
    }

    private static SchemePayload with(SchemePayload.Eip3009 signed, byte[] signature) {
        return new SchemePayload.Eip3009(signed.authorization(), Hex.of(signature));
    }

    private String reason(SchemePayload spoiled) {
        Payment payment = Vectors.payment(spoiled, OnchainBench.OFFER);
        return ((Verification.Rejected) base.facilitator.verify(payment)).reason();
    }

    private static PaymentRequirements renamed(String name, String version) {
        return new PaymentRequirements("exact", OnchainBench.OFFER.network(), OnchainBench.OFFER.amount(),
                OnchainBench.OFFER.asset(), OnchainBench.OFFER.payTo(), 60,
                java.util.Map.of("name", name, "version", version));
    }
}
