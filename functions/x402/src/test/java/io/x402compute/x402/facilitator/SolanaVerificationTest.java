package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.Vectors;

class SolanaVerificationTest {
    private static final PaymentRequirements OFFER = SolanaBench.OFFER;
    private static final long RENT = 2_039_280;

    private final SolanaBench bench = new SolanaBench(2);

    @Test
    void aGoodPaymentIsVerified() {
        assertThat(bench.facilitator.verify(bench.payment()))
                .isEqualTo(new Verification.Verified(Vectors.PAYER.address()));
        assertThat(bench.chain.balance(Vectors.PAY_TO)).isZero();
    }

    @Test
    void theReceiversAccountIsOpenedOnceAtOurExpense() {
        long before = bench.chain.lamports(Vectors.FEE_PAYER.address());
        bench.facilitator.verify(bench.payment());
        bench.facilitator.verify(bench.payment());
        assertThat(before - bench.chain.lamports(Vectors.FEE_PAYER.address())).isEqualTo(RENT + 5_000);
    }

    @Test
    void nobodyElsesAccountIsOpened() {
        PaymentRequirements theirs = offer("exact", Network.SOLANA_DEVNET, Vectors.wallet(8).address(), OFFER.extra());
        assertThat(bench.facilitator.verify(bench.payment(Vectors.PAYER, "x", theirs)))
                .isInstanceOf(Verification.Rejected.class);
        assertThat(bench.chain.questions()).doesNotContain("send");
    }

    @Test
    void anAccountThatDoesNotOpenRejectsNobody() {
        bench.chain.drop(1);
        assertThat(bench.facilitator.verify(bench.payment())).isEqualTo(
                new Verification.Unavailable("the receiver's token account is not open yet: not confirmed yet"));
    }

    @Test
    void onlyTheExactSchemeIsTaken() {
        assertThat(reason(offer("upto", OFFER.network(), OFFER.payTo(), OFFER.extra())))
                .isEqualTo("invalid_exact_svm_unsupported_scheme");
    }

    @Test
    void otherNetworksAreNotTaken() {
        assertThat(reason(offer("exact", Network.SOLANA, OFFER.payTo(), OFFER.extra())))
                .isEqualTo("invalid_exact_svm_network_mismatch");
        Payment elsewhere = new Payment(new PaymentPayload(1, "exact", Network.SOLANA,
                bench.payment().payload().schemePayload(), Optional.empty(), Optional.empty()), OFFER);
        assertThat(rejection(elsewhere).reason()).isEqualTo("invalid_exact_svm_network_mismatch");
    }

    @Test
    void theOfferMustNameOurFeePayer() {
        assertThat(reason(offer("exact", OFFER.network(), OFFER.payTo(), Map.of())))
                .isEqualTo("invalid_exact_svm_payload_missing_fee_payer");
        assertThat(reason(offer("exact", OFFER.network(), OFFER.payTo(),
                Map.of("feePayer", Vectors.wallet(9).address()))))
                .isEqualTo("invalid_exact_svm_fee_payer_not_managed_by_facilitator");
    }

    @Test
    void anotherAmountIsRejectedBeforeTheChainIsAsked() {
        assertThat(reason(OFFER.withAmount(new Usdc(9_999)))).isEqualTo("invalid_exact_svm_payload_amount_mismatch");
        assertThat(bench.chain.questions()).isEmpty();
    }

    @Test
    void theMemoIsTheOffers() {
        Map<String, String> extra = Map.of("feePayer", Vectors.FEE_PAYER.address(), "memo", "order-0001");
        PaymentRequirements asking = offer("exact", OFFER.network(), OFFER.payTo(), extra);
        assertThat(reason(asking)).isEqualTo("invalid_exact_svm_payload_memo_mismatch");
        assertThat(bench.facilitator.verify(bench.payment(Vectors.PAYER, "order-0001", asking)))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aPayerWithoutTheMoneyIsRejectedInTheTokensWords() {
        bench.chain.fund(Vectors.PAYER.address(), SolanaBench.PRICE - 1);
        assertThat(rejection(bench.payment()).reason()).isEqualTo("invalid_exact_svm_transaction_simulation_failed");
        assertThat(rejection(bench.payment()).message()).contains("insufficient funds");
    }

    @Test
    void aBlockhashThatOurNodeHasNotSeenYetIsWaitedFor() {
        bench.facilitator.verify(bench.payment());
        Payment early = bench.payment();
        bench.chain.forgetNewest(2);
        assertThat(bench.facilitator.verify(early)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aForgottenBlockhashIsRejected() {
        Payment late = bench.payment();
        bench.chain.advance(150);
        assertThat(bench.facilitator.verify(late)).isEqualTo(new Verification.Rejected(
                "invalid_exact_svm_transaction_simulation_failed", "BlockhashNotFound"));
    }

    @Test
    void aPaymentForBaseIsNotOneForSolana() {
        SchemePayload onBase = new SchemePayload.Eip3009(
                io.x402compute.x402.evm.Vectors.authorization(io.x402compute.x402.evm.Vectors.ADDRESS_A),
                io.x402compute.x402.evm.Vectors.SEPOLIA_SIGNATURE);
        Payment confused = new Payment(new PaymentPayload(1, "exact", Network.SOLANA_DEVNET, onBase, Optional.empty(),
                Optional.empty()), OFFER);
        assertThat(rejection(confused).reason()).isEqualTo("invalid_exact_svm_network_mismatch");
    }

    private String reason(PaymentRequirements offer) {
        return rejection(bench.payment(Vectors.PAYER, "a memo", offer)).reason();
    }

    private Verification.Rejected rejection(Payment payment) {
        return (Verification.Rejected) bench.facilitator.verify(payment);
    }

    private static PaymentRequirements offer(String scheme, Network network, String payTo, Map<String, String> extra) {
        return new PaymentRequirements(scheme, network, OFFER.amount(), OFFER.asset(), payTo, 60, extra);
    }
}
