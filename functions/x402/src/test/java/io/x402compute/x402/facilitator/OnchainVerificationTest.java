package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

class OnchainVerificationTest {
    private static final PaymentRequirements OFFER = OnchainBench.OFFER;

    private final OnchainBench bench = new OnchainBench();

    @Test
    void aGoodPaymentIsVerified() {
        assertThat(bench.facilitator.verify(bench.payment()))
                .isEqualTo(new Verification.Verified(OnchainBench.PAYER.wallet().address()));
    }

    @Test
    void verifyingMovesNothing() {
        bench.facilitator.verify(bench.payment());
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isZero();
        assertThat(bench.chain.questions()).doesNotContain("send");
        assertThat(bench.nextNumber).hasValue(0);
    }

    @Test
    void aSchemeThatIsNotKnownIsNotTaken() {
        assertThat(reason(bench.payment(offer("batch-settlement", OFFER.asset(), OFFER.payTo(), OFFER.extra()))))
                .isEqualTo("invalid_exact_evm_scheme");
    }

    @Test
    void theOfferMustNameTheTokensDomain() {
        assertThat(reason(bench.payment(offer("exact", OFFER.asset(), OFFER.payTo(), Map.of("name", "USDC")))))
                .isEqualTo("invalid_exact_evm_missing_eip712_domain");
    }

    @Test
    void otherNetworksAreNotTaken() {
        PaymentPayload onBase = new PaymentPayload(1, "exact", Network.BASE, bench.payment().payload().schemePayload(),
                Optional.empty(), Optional.empty());
        assertThat(reason(new Payment(onBase, OFFER))).isEqualTo("invalid_exact_evm_network_mismatch");
        assertThat(reason(new Payment(onBase, Vectors.BASE_OFFER))).isEqualTo("invalid_exact_evm_network_mismatch");
    }

    @Test
    void aForgedSignatureIsRejectedBeforeAnythingElseIsLookedAt() {
        Payment forged = signedWith(Vectors.BASE_SIGNATURE, OFFER.withAmount(new Usdc(1)));
        assertThat(reason(forged)).isEqualTo("invalid_exact_evm_signature");
    }

    @Test
    void theMoneyMustGoToThePayee() {
        Payment payment = bench.payment(offer("exact", OFFER.asset(), Vectors.ADDRESS_B, OFFER.extra()));
        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_BEFORE));
        assertThat(reason(payment)).isEqualTo("invalid_exact_evm_recipient_mismatch");
    }

    @Test
    void anExpiredTransferIsRejectedBeforeItsValueIsLookedAt() {
        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_BEFORE - 5));
        assertThat(reason(bench.payment(OFFER.withAmount(new Usdc(1)))))
                .isEqualTo("invalid_exact_evm_payload_authorization_valid_before");
    }

    @Test
    void aTransferForLaterIsRejected() {
        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_AFTER - 1));
        assertThat(reason(bench.payment())).isEqualTo("invalid_exact_evm_payload_authorization_valid_after");
    }

    @Test
    void anotherValueIsRejectedBeforeTheTokenIsAsked() {
        bench.chain.token().undeploy();
        assertThat(reason(bench.payment(OFFER.withAmount(new Usdc(9_999)))))
                .isEqualTo("invalid_exact_evm_payload_authorization_value_mismatch");
    }

    @Test
    void aTokenThatIsNotThereIsRejectedThoughCallsToItSucceed() {
        bench.chain.token().undeploy();
        assertThat(reason(bench.payment())).isEqualTo("asset_not_deployed_contract");
    }

    @Test
    void aTokenWithoutAuthorizationsIsRejected() {
        bench.chain.token().withoutEip3009();
        assertThat(reason(bench.payment())).isEqualTo("invalid_exact_evm_eip3009_not_supported");
    }

    @Test
    void aSpentAuthorizationIsRejected() {
        bench.chain.setMinesAtOnce();
        bench.facilitator.settle(bench.payment(), bench.prepared(), Duration.ZERO);
        bench.chain.token().burnAll(Vectors.ADDRESS_A);
        assertThat(reason(bench.payment())).isEqualTo("invalid_exact_evm_nonce_already_used");
    }

    @Test
    void anOfferThatMisnamesTheTokenIsFoundOut() {
        assertThat(reason(misnamed(Map.of("name", "USD Coin", "version", "2"))))
                .isEqualTo("invalid_exact_evm_token_name_mismatch");
        assertThat(reason(misnamed(Map.of("name", "USDC", "version", "1"))))
                .isEqualTo("invalid_exact_evm_token_version_mismatch");
    }

    @Test
    void aPayerWithoutTheMoneyIsRejectedInTheTokensWords() {
        bench.chain.token().burnAll(Vectors.ADDRESS_A);
        assertThat(bench.facilitator.verify(bench.payment())).isEqualTo(new Verification.Rejected(
                "invalid_exact_evm_insufficient_balance", "ERC20: transfer amount exceeds balance"));
    }

    @Test
    void whatOnlyTheTokenObjectsToIsRejectedInItsWords() {
        bench.chain.setTime(Instant.ofEpochSecond(Vectors.VALID_BEFORE));
        assertThat(bench.facilitator.verify(bench.payment())).isEqualTo(new Verification.Rejected(
                "invalid_exact_evm_transaction_simulation_failed", "FiatTokenV2: authorization is expired"));
    }

    @Test
    void contractWalletsPayByTheBytesOverload() {
        String wallet = "0x00000000000000000000000000000000000c0de5";
        bench.chain.token().mint(wallet, 10_000);
        bench.chain.putWallet(wallet, (digest, signature) -> signature.length == 96);
        assertThat(bench.facilitator.verify(Vectors.payment(
                new SchemePayload.Eip3009(Vectors.authorization(wallet), "0x" + "5e".repeat(96)), OFFER)))
                .isEqualTo(new Verification.Verified(wallet));
    }

    @Test
    void aSilentNodeRejectsNothing() {
        bench.chain.setUnreachable(true);
        assertThat(bench.facilitator.verify(bench.payment())).isInstanceOf(Verification.Unavailable.class);
    }

    @Test
    void theTokensCodeIsLookedUpOnce() {
        bench.facilitator.verify(bench.payment());
        bench.facilitator.verify(bench.payment());
        assertThat(bench.chain.questions().stream().filter(("hasCode " + Hex.lowerCase(OFFER.asset()))::equals))
                .hasSize(1);
    }

    private String reason(Payment payment) {
        return ((Verification.Rejected) bench.facilitator.verify(payment)).reason();
    }

    private static Payment signedWith(String signature, PaymentRequirements offer) {
        return Vectors.payment(new SchemePayload.Eip3009(Vectors.authorization(Vectors.ADDRESS_A), signature), offer);
    }

    private static Payment misnamed(Map<String, String> domain) {
        PaymentRequirements offer = offer("exact", OFFER.asset(), OFFER.payTo(), domain);
        return Vectors.payment(OnchainBench.PAYER.authorize(Vectors.authorization(Vectors.ADDRESS_A), offer), offer);
    }

    private static PaymentRequirements offer(String scheme, String asset, String payTo, Map<String, String> extra) {
        return new PaymentRequirements(scheme, OFFER.network(), OFFER.amount(), asset, payTo, 60, extra);
    }
}
