package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.Permits;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.evm.WrappedSignature;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

class Permit2PaymentTest {
    private static final Permit2Authorization PERMIT = Permits.permit(Vectors.ADDRESS_A);
    private static final Payment PAYMENT = Permits.payment(new SchemePayload.Permit2(PERMIT, Permits.SIGNATURE));

    private final OnchainBench bench = new OnchainBench();

    @BeforeEach
    void approvePermit2() {
        bench.chain.token().approvePermit2(Vectors.ADDRESS_A, 1_000_000);
        bench.chain.setMinesAtOnce();
    }

    @Test
    void aGoodPaymentIsVerifiedAndNothingMoves() {
        assertThat(bench.facilitator.verify(PAYMENT))
                .isEqualTo(new Verification.Verified(Hex.lowerCase(Vectors.ADDRESS_A)));
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isZero();
    }

    @Test
    void itIsSettledOnceThroughTheProxy() {
        SettlementHandle handle = prepared(PAYMENT);

        assertThat(settled(handle)).isEqualTo(new Settlement.Settled(handle.transaction()));
        assertThat(settled(handle)).isEqualTo(new Settlement.Settled(handle.transaction()));

        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(10_000);
        assertThat(reason(PAYMENT)).isEqualTo("permit2_invalid_nonce");
        assertThat(refusal(PAYMENT)).isEqualTo("permit2_invalid_nonce");
    }

    @Test
    void whoeverCarriesItOutFirstOursReverts() {
        SettlementHandle handle = prepared(PAYMENT);
        bench.chain.spend(PERMIT);

        assertThat(settled(handle)).isEqualTo(new Settlement.Refused("invalid_transaction_state",
                "the transaction was mined and reverted", handle.transaction()));
    }

    @Test
    void termsAreJudgedInTheReferencesOrder() {
        Instant late = Instant.ofEpochSecond(Vectors.VALID_BEFORE - 5);
        PaymentRequirements cheap = offer(Vectors.ADDRESS_B, new Usdc(1), Vectors.BASE_USDC);
        SchemePayload.Permit2 forged = new SchemePayload.Permit2(spentBy(Vectors.ADDRESS_B), Permits.SIGNATURE);
        bench.clock.set(late);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("invalid_permit2_spender");
        forged = new SchemePayload.Permit2(PERMIT, Vectors.SEPOLIA_SIGNATURE);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("invalid_permit2_recipient_mismatch");
        cheap = offer(Vectors.PAYEE, new Usdc(1), Vectors.BASE_USDC);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("permit2_deadline_expired");
        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_AFTER - 1));
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("permit2_not_yet_valid");
        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_AFTER + 10));
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("permit2_amount_mismatch");
        cheap = offer(Vectors.PAYEE, new Usdc(10_000), Vectors.BASE_USDC);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("permit2_token_mismatch");
        assertThat(reason(Permits.payment(forged))).isEqualTo("invalid_permit2_signature");
    }

    @Test
    void aSignatureThatNobodyCanReadIsRefusedInPermit2sWords() {
        for (String signature : List.of("0x" + "ff".repeat(65), "0x", Permits.SIGNATURE + "00")) {
            assertThat(reason(Permits.payment(new SchemePayload.Permit2(PERMIT, signature)))).as(signature)
                    .isEqualTo("invalid_permit2_signature");
        }
        assertThat(reason(Permits.payment(new SchemePayload.Permit2(PERMIT, "0xzz"))))
                .isEqualTo("invalid_exact_evm_failed_to_parse_signature");
    }

    @Test
    void whatIsSignedForOneWayOfPayingIsNotTakenForAnother() {
        assertThat(reason(Permits.payment(PAYMENT.payload().schemePayload(), OnchainBench.OFFER)))
                .isEqualTo("unsupported_payload_type");
        assertThat(reason(Permits.payment(bench.payment().payload().schemePayload())))
                .isEqualTo("unsupported_payload_type");
        assertThat(refusal(Permits.payment(bench.payment().payload().schemePayload())))
                .isEqualTo("unsupported_payload_type");
    }

    @Test
    void whoHasNotApprovedPermit2IsToldSo() {
        bench.chain.token().approvePermit2(Vectors.ADDRESS_A, 9_999);
        assertThat(reason(PAYMENT)).isEqualTo("permit2_allowance_required");
        assertThat(refusal(PAYMENT)).isEqualTo("permit2_allowance_required");
    }

    @Test
    void whoLacksTheMoneyIsToldSoBeforeTheApproval() {
        bench.chain.token().approvePermit2(Vectors.ADDRESS_A, 0);
        bench.chain.token().burnAll(Vectors.ADDRESS_A);
        assertThat(reason(PAYMENT)).isEqualTo("permit2_insufficient_balance");
    }

    @Test
    void whereThereIsNoProxyNobodyPaysByIt() {
        bench.chain.permit2().removeProxy();
        assertThat(reason(PAYMENT)).isEqualTo("permit2_proxy_not_deployed");
    }

    @Test
    void whereThereIsNoTokenACallWouldSucceedForNothing() {
        bench.chain.token().undeploy();
        assertThat(reason(PAYMENT)).isEqualTo("asset_not_deployed_contract");
    }

    @Test
    void theChainsClockCountsInTheEnd() {
        bench.chain.setTime(Instant.ofEpochSecond(Vectors.VALID_BEFORE + 1));
        assertThat(bench.facilitator.verify(PAYMENT))
                .isEqualTo(new Verification.Rejected("permit2_deadline_expired", "SignatureExpired"));
        bench.chain.setTime(Instant.ofEpochSecond(Vectors.VALID_AFTER - 1));
        assertThat(reason(PAYMENT)).isEqualTo("permit2_payment_too_early");
    }

    @Test
    void aDelegatedAccountSpeaksByErc1271Alone() {
        bench.chain.putWallet(Vectors.ADDRESS_A, (digest, signature) -> false);
        assertThat(reason(PAYMENT)).isEqualTo("invalid_permit2_signature");
        bench.chain.putWallet(Vectors.ADDRESS_A, (digest, signature) -> true);
        assertThat(bench.facilitator.verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aWalletThatIsNotThereYetIsCreatedOnTheWay() {
        String wallet = "0x00000000000000000000000000000000000c0de5";
        String ownWords = "0x" + "5e".repeat(96);
        bench.chain.putFactory(OnchainBench.FACTORY, "0x01", wallet,
                (digest, signature) -> Hex.of(signature).equals(ownWords));
        bench.chain.token().mint(wallet, 10_000);
        bench.chain.token().approvePermit2(wallet, 10_000);
        Payment payment = Permits.payment(new SchemePayload.Permit2(Permits.permit(wallet),
                WrappedSignature.of(OnchainBench.FACTORY, "0x01", ownWords)));

        assertThat(bench.facilitator.verify(payment)).isEqualTo(new Verification.Verified(wallet));
        SettlementHandle handle = prepared(payment);
        assertThat(bench.facilitator.settle(payment, handle, Duration.ZERO))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
    }

    @Test
    void aSilentNodeRejectsNothing() {
        bench.chain.setUnreachable(true);
        assertThat(bench.facilitator.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
    }

    private SettlementHandle prepared(Payment payment) {
        return ((Preparation.Prepared) bench.facilitator.prepare(payment)).handle();
    }

    private Settlement settled(SettlementHandle handle) {
        return bench.facilitator.settle(PAYMENT, handle, Duration.ZERO);
    }

    private String reason(Payment payment) {
        return ((Verification.Rejected) bench.facilitator.verify(payment)).reason();
    }

    private String refusal(Payment payment) {
        return ((Preparation.Refused) bench.facilitator.prepare(payment)).reason();
    }

    private static Permit2Authorization spentBy(String spender) {
        return new Permit2Authorization(PERMIT.from(), PERMIT.token(), BigInteger.TWO, spender, PERMIT.nonce(),
                PERMIT.deadline(), PERMIT.to(), PERMIT.validAfter());
    }

    private static PaymentRequirements offer(String payTo, Usdc amount, String asset) {
        return new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE_SEPOLIA, amount, asset, payTo, 60,
                Permits.OFFER.extra());
    }
}
