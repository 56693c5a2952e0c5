package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.Metered;
import io.x402compute.x402.evm.Permits;
import io.x402compute.x402.evm.UptoPermit2Proxy;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.evm.WrappedSignature;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.OfferMatching;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.WireJson;

/** A payment of as much as was used: verified with the most, settled with that. */
class UptoPaymentTest {
    private static final Payment PAYMENT = Metered.PAYMENT;
    private static final Usdc USED = new Usdc(1_234);
    private static final Payment TAKEN = PAYMENT.taking(USED);

    /** Made by {@code @x402/evm} 2.27.0 of key A, for this offer. */
    private static final String BY_REFERENCE = """
            {"signature":"0xf205ade508ff58e5e8bbe2bf351a4ea6384b4e71c41cfe7c37a24567cfbb4e586261f1ccd31729e76c4c9051d63d\
            cf2b629ff5bf95ad185e100fd13ce52ae57d1b","permit2Authorization":{\
            "from":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",\
            "permitted":{"token":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","amount":"10000"},\
            "spender":"0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002",\
            "nonce":"106512577929085647686987708961227196345842669212391690964614280455970065993370",\
            "deadline":"1740672154","witness":{"to":"0x209693Bc6afc0C5328bA36FaF03C514EF312287C",\
            "facilitator":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","validAfter":"0"}}}""";

    private final OnchainBench bench = new OnchainBench();
    private final OnchainTransfers transfers = new OnchainTransfers(bench.chain, 100, 10);

    @BeforeEach
    void approvePermit2() {
        bench.chain.token().approvePermit2(Vectors.ADDRESS_A, 1_000_000);
        bench.chain.setMinesAtOnce();
    }

    @Test
    void itIsVerifiedWithTheMostThatMayBeTaken() {
        assertThat(bench.facilitator.support(PAYMENT)).isEqualTo(new Support.Supported());
        assertThat(bench.facilitator.verify(PAYMENT))
                .isEqualTo(new Verification.Verified(Hex.lowerCase(Vectors.ADDRESS_A)));
        assertThat(reason(TAKEN)).isEqualTo("permit2_amount_mismatch");
        bench.chain.token().approvePermit2(Vectors.ADDRESS_A, 9_999);
        assertThat(reason(PAYMENT)).isEqualTo("permit2_allowance_required");
    }

    @Test
    void asMuchIsTakenAsWasUsedAndOnlyOnce() {
        SettlementHandle handle = prepared(TAKEN);

        assertThat(settled(TAKEN, handle)).isEqualTo(new Settlement.Settled(handle.transaction(), Optional.of(USED)));
        assertThat(settled(TAKEN, handle)).isEqualTo(new Settlement.Settled(handle.transaction(), Optional.of(USED)));

        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(1_234);
        assertThat(refusal(PAYMENT.taking(new Usdc(1)))).isEqualTo("permit2_invalid_nonce");
    }

    @Test
    void whatTheReferencesClientMakesIsTaken() {
        ObjectNode sent = WireJson.object().put("x402Version", 2);
        sent.set("accepted", Metered.OFFER.toV2Json());
        sent.set("payload", WireJson.parse(BY_REFERENCE.getBytes(StandardCharsets.UTF_8)).orElseThrow());
        DecodedPayment decoded = PaymentHeaders.decode(Optional.of(WireJson.headerText(sent)), Optional.empty(),
                Set.of(PaymentRequirements.UPTO));
        PaymentPayload payload = ((DecodedPayment.Decoded) decoded).payload();
        Payment payment = new Payment(payload, OfferMatching.match(payload, List.of(Metered.OFFER)).orElseThrow());

        assertThat(bench.facilitator.verify(payment)).isInstanceOf(Verification.Verified.class);
        assertThat(settled(payment.taking(USED), prepared(payment.taking(USED))))
                .isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void whatWasUsedUpInTheMeantimeReverts() {
        SettlementHandle handle = prepared(TAKEN);
        bench.chain.spend(Metered.PERMIT);

        assertThat(settled(TAKEN, handle)).isEqualTo(new Settlement.Refused("invalid_upto_evm_transaction_failed",
                "the transaction was mined and reverted", handle.transaction()));
    }

    @Test
    void allOfItMayBeTakenAndNotOneMore() {
        assertThat(refusal(PAYMENT.taking(new Usdc(10_001))))
                .isEqualTo("invalid_upto_evm_payload_settlement_exceeds_amount");
        SettlementHandle handle = prepared(PAYMENT);
        assertThat(settled(PAYMENT, handle))
                .isEqualTo(new Settlement.Settled(handle.transaction(), Optional.of(new Usdc(10_000))));
    }

    @Test
    void whereNothingWasUsedNothingIsSent() {
        Payment free = PAYMENT.taking(Usdc.ZERO);
        SettlementHandle handle = prepared(free);

        assertThat(settled(free, handle)).isEqualTo(new Settlement.Settled("", Optional.of(Usdc.ZERO)));

        assertThat(bench.nextNumber).hasValue(0);
        assertThat(transfers.find(free)).isEqualTo(new TransferEvidence.NotMoved(true));
    }

    /** What the payer lacks of the most does not matter any more once less is taken. */
    @Test
    void atTheEndOnlyWhatIsTakenHasToBeThere() {
        bench.chain.token().approvePermit2(Vectors.ADDRESS_A, 1_234);
        assertThat(refusal(PAYMENT.taking(new Usdc(1_235)))).isEqualTo("permit2_allowance_required");
        assertThat(settled(TAKEN, prepared(TAKEN))).isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void nobodySettlesForAnother() {
        SchemePayload.Upto forAnother = OnchainBench.PAYER.authorizeUpTo(Metered.PERMIT, Vectors.ADDRESS_ONE,
                Network.BASE_SEPOLIA);
        Payment payment = Permits.payment(forAnother, Metered.OFFER);
        assertThat(reason(payment)).isEqualTo("upto_facilitator_mismatch");
        assertThat(refusal(payment.taking(USED))).isEqualTo("upto_facilitator_mismatch");
    }

    @Test
    void termsAreJudgedInTheReferencesOrder() {
        PaymentRequirements cheap = offer(Vectors.ADDRESS_B, new Usdc(1), Vectors.BASE_USDC);
        Payment exact = Permits.payment(new SchemePayload.Permit2(Permits.permit(Vectors.ADDRESS_A),
                Permits.SIGNATURE));
        assertThat(reason(new Payment(exact.payload(), cheap))).isEqualTo("invalid_upto_evm_scheme");
        assertThat(reason(new Payment(PAYMENT.payload(), Permits.OFFER))).isEqualTo("invalid_exact_evm_scheme");
        assertThat(reason(new Payment(on(Network.BASE), cheap))).isEqualTo("invalid_upto_evm_network_mismatch");
        assertThat(reason(Permits.payment(exact.payload().schemePayload(), cheap)))
                .isEqualTo("unsupported_payload_type");

        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_BEFORE - 5));
        SchemePayload.Upto forged = with(Permits.permit(Vectors.ADDRESS_A), Vectors.ADDRESS_ONE);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("invalid_permit2_spender");
        forged = with(Metered.PERMIT, Vectors.ADDRESS_ONE);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("invalid_permit2_recipient_mismatch");
        cheap = offer(Vectors.PAYEE, new Usdc(1), Vectors.BASE_USDC);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("upto_facilitator_mismatch");
        forged = with(Metered.PERMIT, Vectors.ADDRESS_B);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("permit2_deadline_expired");
        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_AFTER - 1));
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("permit2_not_yet_valid");
        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_AFTER + 10));
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("permit2_amount_mismatch");
        cheap = offer(Vectors.PAYEE, new Usdc(10_000), Vectors.BASE_USDC);
        assertThat(reason(Permits.payment(forged, cheap))).isEqualTo("permit2_token_mismatch");
        assertThat(reason(Permits.payment(forged, Metered.OFFER))).isEqualTo("invalid_permit2_signature");
    }

    @Test
    void anotherNetworkIsSettledElsewhere() {
        PaymentRequirements onBase = Vectors.SEPOLIA_OFFER.upTo(Vectors.ADDRESS_B);
        onBase = new PaymentRequirements(onBase.scheme(), Network.BASE, onBase.amount(), onBase.asset(),
                onBase.payTo(), 60, onBase.extra());
        assertThat(reason(Permits.payment(Metered.SIGNED, onBase))).isEqualTo("invalid_upto_evm_network_mismatch");
    }

    @Test
    void aSignatureForAnotherFacilitatorOrSchemeIsNone() {
        assertThat(reason(Permits.payment(new SchemePayload.Upto(Metered.PERMIT, Metered.SIGNED.facilitator(),
                Permits.SIGNATURE), Metered.OFFER))).isEqualTo("invalid_permit2_signature");
        assertThat(reason(Permits.payment(new SchemePayload.Upto(Metered.PERMIT, Metered.SIGNED.facilitator(), "0xzz"),
                Metered.OFFER))).isEqualTo("invalid_permit2_signature");
    }

    @Test
    void anApprovalOfTheTokensOwnIsHandedInWithIt() {
        bench.chain.token().approvePermit2(Vectors.ADDRESS_A, 0);
        Payment approving = approving(OnchainBench.PAYER.approvePermit2(Metered.OFFER, Metered.PERMIT.amount(),
                BigInteger.ZERO, Metered.PERMIT.deadline()));

        assertThat(bench.facilitator.verify(approving)).isInstanceOf(Verification.Verified.class);
        assertThat(settled(approving.taking(USED), prepared(approving.taking(USED))))
                .isInstanceOf(Settlement.Settled.class);
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(1_234);
        assertThat(moved()).contains(USED);
    }

    /** The proxy obeys the facilitator alone, so no contract can create a wallet and call it in one. */
    @Test
    void aWalletHasToBeThereBefore() {
        String wallet = "0x00000000000000000000000000000000000c0de5";
        String ownWords = "0x" + "5e".repeat(96);
        SchemePayload.Upto signed = new SchemePayload.Upto(Metered.permit(wallet, BigInteger.ONE),
                Metered.SIGNED.facilitator(), WrappedSignature.of(OnchainBench.FACTORY, "0x01", ownWords));
        Payment payment = Permits.payment(signed, Metered.OFFER);
        bench.chain.token().mint(wallet, 10_000);
        bench.chain.token().approvePermit2(wallet, 10_000);
        assertThat(reason(payment)).isEqualTo("invalid_exact_evm_payload_undeployed_smart_wallet");

        bench.chain.putWallet(wallet, (digest, signature) -> Hex.of(signature).equals(ownWords));
        assertThat(bench.facilitator.verify(payment)).isEqualTo(new Verification.Verified(wallet));
        assertThat(settled(payment.taking(USED), prepared(payment.taking(USED))))
                .isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void whereThereIsNoProxyNobodyPaysByIt() {
        bench.chain.permit2().removeProxy();
        assertThat(reason(PAYMENT)).isEqualTo("permit2_proxy_not_deployed");
    }

    @Test
    void aSilentNodeRejectsNothing() {
        bench.chain.setUnreachable(true);
        assertThat(bench.facilitator.verify(PAYMENT)).isInstanceOf(Verification.Unavailable.class);
        assertThat(bench.facilitator.prepare(TAKEN)).isInstanceOf(Preparation.Unavailable.class);
    }

    @Test
    void theChainProvesHowMuchHasMovedWhateverWasAskedFor() {
        assertThat(transfers.find(TAKEN)).isEqualTo(new TransferEvidence.NotMoved(true));
        SettlementHandle handle = prepared(TAKEN);
        settled(TAKEN, handle);

        Payment other = PAYMENT.taking(new Usdc(9));
        assertThat(transfers.find(other))
                .isEqualTo(new TransferEvidence.Moved(handle.transaction(), Optional.of(USED)));
        assertThat(settled(other, handle)).isEqualTo(new Settlement.Refused(
                "invalid_exact_evm_transfer_event_mismatch", "the transaction succeeded without that transfer",
                handle.transaction()));
    }

    /** The same payer pays the same payee again and again. */
    @Test
    void anotherPaymentsTransferIsNotCountedForThisOne() {
        SchemePayload.Upto next = Metered.signed(Metered.permit(Vectors.ADDRESS_A, BigInteger.TWO));
        bench.chain.executeAs(Vectors.ADDRESS_B, UptoPermit2Proxy.settle(next, USED));
        bench.chain.spend(Metered.PERMIT);

        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.NotMoved(false));
        assertThat(transfers.find(Permits.payment(next, Metered.OFFER)))
                .isInstanceOfSatisfying(TransferEvidence.Moved.class,
                        moved -> assertThat(moved.metered()).contains(USED));
    }

    @Test
    void aFacilitatorThatIsAContractIsSeenInATrace() {
        String relay = "0x0000000000000000000000000000000000ae1a70";
        SchemePayload.Upto signed = OnchainBench.PAYER.authorizeUpTo(Metered.PERMIT, relay, Network.BASE_SEPOLIA);
        bench.chain.executeThrough(relay, List.of(UptoPermit2Proxy.settle(signed, USED)));
        assertThat(transfers.find(Permits.payment(signed, Metered.OFFER)))
                .isInstanceOfSatisfying(TransferEvidence.Moved.class,
                        moved -> assertThat(moved.metered()).contains(USED));
    }

    private Optional<Usdc> moved() {
        return ((TransferEvidence.Moved) transfers.find(PAYMENT)).metered();
    }

    private SettlementHandle prepared(Payment payment) {
        return ((Preparation.Prepared) bench.facilitator.prepare(payment)).handle();
    }

    private Settlement settled(Payment payment, SettlementHandle handle) {
        return bench.facilitator.settle(payment, handle, Duration.ZERO);
    }

    private String reason(Payment payment) {
        return ((Verification.Rejected) bench.facilitator.verify(payment)).reason();
    }

    private String refusal(Payment payment) {
        return ((Preparation.Refused) bench.facilitator.prepare(payment)).reason();
    }

    private static Payment approving(Eip2612Permit approval) {
        PaymentPayload payload = PAYMENT.payload();
        return new Payment(new PaymentPayload(2, payload.scheme(), payload.network(), payload.schemePayload(),
                payload.accepted(), Optional.of(approval.toExtensions())), Metered.OFFER);
    }

    private static PaymentPayload on(Network network) {
        return new PaymentPayload(2, PaymentRequirements.UPTO, network, Metered.SIGNED, Optional.empty(),
                Optional.empty());
    }

    private static SchemePayload.Upto with(Permit2Authorization permit, String facilitator) {
        return new SchemePayload.Upto(permit, Hex.lowerCase(facilitator), Vectors.SEPOLIA_SIGNATURE);
    }

    private static PaymentRequirements offer(String payTo, Usdc amount, String asset) {
        return new PaymentRequirements(PaymentRequirements.UPTO, Network.BASE_SEPOLIA, amount, asset, payTo, 60,
                Metered.OFFER.extra());
    }
}
