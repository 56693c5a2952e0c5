package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

class ExactEvmTermsTest {
    private static final Instant NOW = Instant.ofEpochSecond(Vectors.VALID_AFTER + 10);
    private static final PaymentRequirements OFFER = Vectors.SEPOLIA_OFFER;
    private static final Eip3009Authorization TRANSFER = Vectors.authorization(Vectors.ADDRESS_A);

    @Test
    void aPaymentOnTheOffersTermsIsNotRejected() {
        assertThat(reason(TRANSFER, OFFER)).isEmpty();
    }

    @Test
    void onlyTheExactSchemeIsTaken() {
        PaymentRequirements upto = new PaymentRequirements("upto", OFFER.network(), OFFER.amount(), OFFER.asset(),
                OFFER.payTo(), 60, OFFER.extra());
        assertThat(reason(TRANSFER, upto)).contains("invalid_exact_evm_scheme");
        PaymentPayload uptoPayload = new PaymentPayload(1, "upto", OFFER.network(), signed(TRANSFER), Optional.empty(),
                Optional.empty());
        assertThat(reason(new Payment(uptoPayload, OFFER), NOW)).contains("invalid_exact_evm_scheme");
    }

    @Test
    void theOfferMustNameTheTokensDomain() {
        PaymentRequirements nameless = new PaymentRequirements(PaymentRequirements.EXACT, OFFER.network(),
                OFFER.amount(),
                OFFER.asset(), OFFER.payTo(), 60, Map.of("version", "2"));
        assertThat(reason(TRANSFER, nameless)).contains("invalid_exact_evm_missing_eip712_domain");
    }

    @Test
    void anotherNetworksPaymentIsRejected() {
        PaymentPayload onBase = new PaymentPayload(1, PaymentRequirements.EXACT, Network.BASE, signed(TRANSFER),
                Optional.empty(), Optional.empty());
        assertThat(reason(new Payment(onBase, OFFER), NOW)).contains("invalid_exact_evm_network_mismatch");
    }

    @Test
    void signaturesTheTokenWouldRefuseAreRejected() {
        assertThat(reasonOfSignature(Vectors.SEPOLIA_SIGNATURE.replaceAll("1b$", "00")))
                .contains("invalid_exact_evm_signature");
        assertThat(reasonOfSignature("0x" + "11".repeat(32) + "ff".repeat(32) + "1b"))
                .contains("invalid_exact_evm_signature");
        assertThat(reasonOfSignature("dc53")).contains("invalid_exact_evm_failed_to_parse_signature");
        assertThat(reasonOfSignature("0x123")).contains("invalid_exact_evm_failed_to_parse_signature");
    }

    @Test
    void signaturesOfContractWalletsHaveAnyLength() {
        assertThat(reasonOfSignature("0x" + "ff".repeat(130))).isEmpty();
        assertThat(reasonOfSignature("0x")).isEmpty();
    }

    @Test
    void aNonceIs32Bytes() {
        assertThat(reason(
                changed(t -> new Eip3009Authorization(t.from(), t.to(), t.value(), t.validAfter(), t.validBefore(),
                        t.nonce().substring(0, 64))),
                OFFER)).contains("invalid_payload");
    }

    @Test
    void theMoneyMustGoToThePayee() {
        assertThat(reason(changed(t -> new Eip3009Authorization(t.from(), Hex.lowerCase(Vectors.ADDRESS_B), t.value(),
                t.validAfter(), t.validBefore(), t.nonce())), OFFER)).contains("invalid_exact_evm_recipient_mismatch");
    }

    @Test
    void sixSecondsMustBeLeft() {
        Payment payment = Vectors.payment(signed(TRANSFER), OFFER);
        assertThat(reason(payment, Instant.ofEpochSecond(Vectors.VALID_BEFORE - 6))).isEmpty();
        assertThat(reason(payment, Instant.ofEpochSecond(Vectors.VALID_BEFORE - 5)))
                .contains("invalid_exact_evm_payload_authorization_valid_before");
    }

    @Test
    void aTransferIsNotTakenBeforeItsTime() {
        Payment payment = Vectors.payment(signed(TRANSFER), OFFER);
        assertThat(reason(payment, Instant.ofEpochSecond(Vectors.VALID_AFTER))).isEmpty();
        assertThat(reason(payment, Instant.ofEpochSecond(Vectors.VALID_AFTER - 1)))
                .contains("invalid_exact_evm_payload_authorization_valid_after");
    }

    @Test
    void theValueIsExact() {
        for (long micros : new long[]{9_999, 10_001, 0}) {
            assertThat(reason(TRANSFER, OFFER.withAmount(new Usdc(micros)))).as("%d", micros)
                    .contains("invalid_exact_evm_payload_authorization_value_mismatch");
        }
        BigInteger wrapsAround = BigInteger.TWO.pow(64).add(BigInteger.valueOf(10_000));
        assertThat(reason(changed(t -> new Eip3009Authorization(t.from(), t.to(), wrapsAround, t.validAfter(),
                t.validBefore(), t.nonce())), OFFER))
                .contains("invalid_exact_evm_payload_authorization_value_mismatch");
    }

    private static Eip3009Authorization changed(UnaryOperator<Eip3009Authorization> change) {
        return change.apply(TRANSFER);
    }

    private static SchemePayload signed(Eip3009Authorization transfer) {
        return new SchemePayload.Eip3009(transfer, Vectors.SEPOLIA_SIGNATURE);
    }

    private static Optional<String> reason(Eip3009Authorization transfer, PaymentRequirements offer) {
        return reason(Vectors.payment(signed(transfer), offer), NOW);
    }

    private static Optional<String> reasonOfSignature(String signature) {
        return reason(Vectors.payment(new SchemePayload.Eip3009(TRANSFER, signature), OFFER), NOW);
    }

    private static Optional<String> reason(Payment payment, Instant now) {
        return ExactEvmTerms.check(payment, now).map(Rejection::reason);
    }
}
