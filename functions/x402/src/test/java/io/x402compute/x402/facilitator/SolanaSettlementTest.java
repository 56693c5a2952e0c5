package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.solana.Vectors;

class SolanaSettlementTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Until no node can take the transaction any more, and the network has finalized that. */
    private static final int EXPIRED = 150 + 150 + 32 + 1;

    private final SolanaBench bench = new SolanaBench(1);

    @BeforeEach
    void openTheReceiversAccount() {
        bench.chain.fund(Vectors.PAY_TO, 0);
    }

    @Test
    void preparingSignsAndSendsNothing() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        assertThat(bench.chain.questions()).doesNotContain("send");
        assertThat(handle).isEqualTo(bench.prepared(payment));
        assertThat(Hex.bytes(handle.signedTransaction())).hasSizeLessThan(1232);
    }

    @Test
    void aConfirmedTransferIsSettledUnderThePreparedId() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
        assertThat(bench.chain.balance(Vectors.PAY_TO)).isEqualTo(SolanaBench.PRICE);
        assertThat(bench.transfers.find(payment)).isEqualTo(new TransferEvidence.Moved(handle.transaction()));
        assertThat(bench.transfers.find(payment, handle)).isEqualTo(new TransferEvidence.Moved(handle.transaction()));
    }

    @Test
    void settlingAgainAnswersTheSameAndMovesNothingMore() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        Settlement first = bench.facilitator.settle(payment, handle, PATIENCE);
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE)).isEqualTo(first);
        bench.chain.advance(EXPIRED);
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE)).isEqualTo(first);
        assertThat(bench.chain.balance(Vectors.PAY_TO)).isEqualTo(SolanaBench.PRICE);
    }

    @Test
    void whatIsSettledIsNotPreparedAgain() {
        Payment payment = bench.payment();
        bench.facilitator.settle(payment, bench.prepared(payment), PATIENCE);
        assertThat(bench.facilitator.prepare(payment)).isEqualTo(new Preparation.Refused(
                "invalid_exact_svm_transaction_simulation_failed", "AlreadyProcessed"));
    }

    @Test
    void whatTheNetworkLosesIsSentUntilItIsThere() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        bench.chain.drop(0.8);
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE)).isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void whatIsNotConfirmedInTimeIsUnknownAndNotFailed() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        bench.chain.drop(1);
        Instant before = bench.clock.instant();
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Unknown(handle.transaction(), "not confirmed yet"));
        assertThat(Duration.between(before, bench.clock.instant())).isBetween(PATIENCE.minusSeconds(1), PATIENCE);
        assertThat(bench.transfers.find(payment, handle)).isEqualTo(new TransferEvidence.NotMoved(true));
    }

    @Test
    void aForgottenBlockhashProvesThatNothingMoved() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        bench.chain.advance(EXPIRED - 1);
        assertThat(bench.transfers.find(payment, handle)).isEqualTo(new TransferEvidence.NotMoved(true));
        bench.chain.advance(1);
        assertThat(bench.transfers.find(payment, handle)).isEqualTo(new TransferEvidence.NotMoved(false));
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE)).isEqualTo(new Settlement.Refused(
                "settle_exact_svm_block_height_exceeded", "not executed before its blockhash was forgotten",
                handle.transaction()));
    }

    @Test
    void aNodeThatIsBehindProvesNothing() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        bench.facilitator.settle(payment, handle, PATIENCE);
        bench.chain.advance(EXPIRED);
        bench.chain.statusesLagBy(EXPIRED + 100);
        assertThat(bench.transfers.find(payment, handle)).isInstanceOf(TransferEvidence.Unreadable.class);
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Unknown(handle.transaction(), "not confirmed yet"));
    }

    @Test
    void whatIsTooLongAgoForTheNodeIsNotCalledExpired() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        bench.chain.skip(400_000);
        assertThat(bench.transfers.find(payment, handle)).isInstanceOf(TransferEvidence.Unreadable.class);
    }

    @Test
    void aTransferThatFailsOnTheChainIsRefused() {
        Payment first = bench.payment();
        Payment second = bench.payment();
        bench.chain.fund(Vectors.PAYER.address(), SolanaBench.PRICE);
        SettlementHandle handle = bench.prepared(second);
        bench.facilitator.settle(first, bench.prepared(first), PATIENCE);
        assertThat(bench.facilitator.settle(second, handle, PATIENCE))
                .isInstanceOfSatisfying(Settlement.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo("invalid_exact_svm_transaction_failed");
                    assertThat(refused.message()).contains("insufficient funds");
                });
        assertThat(bench.transfers.find(second, handle)).isEqualTo(new TransferEvidence.NotMoved(false));
        assertThat(bench.chain.balance(Vectors.PAY_TO)).isEqualTo(SolanaBench.PRICE);
    }

    @Test
    void nothingIsPreparedThatWouldFail() {
        Payment payment = bench.payment();
        bench.chain.fund(Vectors.PAYER.address(), SolanaBench.PRICE - 1);
        assertThat(bench.facilitator.prepare(payment)).isInstanceOf(Preparation.Refused.class);
        assertThat(bench.transfers.find(payment)).isEqualTo(new TransferEvidence.NotMoved(true));
    }

    @Test
    void withoutASettlementNothingCanHaveMovedOnceItsBlockhashIsForgotten() {
        Payment payment = bench.payment();
        bench.chain.advance(150 + 32);
        assertThat(bench.transfers.find(payment)).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    @Test
    void aNodeThatRefusesTheTransactionIsNoProofThatItIsNowhere() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        bench.chain.refuseTransactions("node is unhealthy");
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Unknown(handle.transaction(), "node is unhealthy"));
    }

    @Test
    void aNodeThatStaysAwayLeavesItUnknown() {
        Payment payment = bench.payment();
        SettlementHandle handle = bench.prepared(payment);
        bench.chain.setUnreachable(true);
        assertThat(bench.facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Unknown(handle.transaction(), "the node did not answer"));
        assertThat(bench.transfers.find(payment, handle)).isInstanceOf(TransferEvidence.Unreadable.class);
        assertThat(bench.transfers.find(payment)).isInstanceOf(TransferEvidence.Unreadable.class);
        assertThat(bench.facilitator.prepare(payment)).isInstanceOf(Preparation.Unavailable.class);
        assertThat(bench.facilitator.verify(payment)).isInstanceOf(Verification.Unavailable.class);
    }

    @Test
    void aRemoteFacilitatorsHandleCannotBeSettledHere() {
        assertThat(bench.facilitator.settle(bench.payment(), SettlementHandle.REMOTE, PATIENCE))
                .isInstanceOf(Settlement.Unknown.class);
        assertThat(bench.chain.questions()).isEmpty();
    }

    @Test
    void thePayersPriceCannotBeRaised() {
        Payment payment = bench.payment();
        assertThat(bench.facilitator.reprice(payment, bench.prepared(payment))).isInstanceOf(Repricing.Kept.class);
    }

    @Test
    void aPaymentWhoseFeesSomebodyElsePaysHasNotMovedByUs() {
        SolanaTransfers others = new SolanaTransfers(bench.chain, () -> Vectors.wallet(9));
        assertThat(others.find(bench.payment())).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    @Test
    void offersOfAnotherFeePayerAreNotPrepared() {
        PaymentRequirements foreign = new PaymentRequirements(PaymentRequirements.EXACT, SolanaBench.OFFER.network(),
                SolanaBench.OFFER.amount(), SolanaBench.OFFER.asset(), SolanaBench.OFFER.payTo(), 60,
                Map.of(PaymentRequirements.FEE_PAYER, Vectors.wallet(9).address()));
        assertThat(bench.facilitator.prepare(bench.payment(Vectors.PAYER, "", foreign))).isEqualTo(
                new Preparation.Refused("invalid_exact_svm_fee_payer_not_managed_by_facilitator",
                        "the offer's fee payer is not ours"));
    }
}
