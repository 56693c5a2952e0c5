package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

class OnchainSettlementTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final OnchainBench bench = new OnchainBench();

    @Test
    void preparingLetsNothingOut() {
        SettlementHandle handle = bench.prepared();
        assertThat(handle.transaction()).matches("0x[0-9a-f]{64}");
        assertThat(handle.signedTransaction()).startsWith("0x02");
        assertThat(handle.signerNonce()).isZero();
        assertThat(bench.chain.questions()).doesNotContain("send");
    }

    @Test
    void aTransferThatWouldRevertIsRefusedWithoutTakingANumber() {
        bench.chain.token().burnAll(Vectors.ADDRESS_A);
        assertThat(bench.facilitator.prepare(bench.payment())).isEqualTo(new Preparation.Refused(
                "invalid_exact_evm_insufficient_balance", "ERC20: transfer amount exceeds balance"));
        bench.clock.set(Instant.ofEpochSecond(Vectors.VALID_BEFORE));
        assertThat(refusal(bench.facilitator.prepare(bench.payment())))
                .isEqualTo("invalid_exact_evm_payload_authorization_valid_before");
        assertThat(bench.nextNumber).hasValue(0);
    }

    @Test
    void whatTheOfferDoesNotSayIsNeverSigned() {
        assertThat(refusal(bench.facilitator.prepare(bench.payment(OnchainBench.OFFER.withAmount(new Usdc(1))))))
                .isEqualTo("invalid_exact_evm_payload_authorization_value_mismatch");
        assertThat(refusal(bench.facilitator.prepare(bench.payment(Vectors.BASE_OFFER))))
                .isEqualTo("invalid_exact_evm_network_mismatch");
    }

    @Test
    void aWalletThatWouldBurnOurGasIsRefused() {
        bench.chain.setGas(1_000_001);
        assertThat(refusal(bench.facilitator.prepare(bench.payment())))
                .isEqualTo("invalid_exact_evm_transaction_failed");
    }

    @Test
    void nothingIsPreparedWithoutAnAnswerFromTheNode() {
        bench.chain.setUnreachable(true);
        assertThat(bench.facilitator.prepare(bench.payment())).isInstanceOf(Preparation.Unavailable.class);
        assertThat(bench.nextNumber).hasValue(0);
    }

    @Test
    void manyAtOncePrepareUnderDistinctNumbers() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<SettlementHandle>> preparations = IntStream.range(0, 50)
                    .<Callable<SettlementHandle>>mapToObj(i -> bench::prepared).toList();
            List<Long> numbers = new ArrayList<>();
            for (Future<SettlementHandle> handle : threads.invokeAll(preparations)) {
                numbers.add(handle.get().signerNonce());
            }
            assertThat(numbers).containsExactlyInAnyOrderElementsOf(LongStream.range(0, 50).boxed().toList());
        }
    }

    @Test
    void aMinedTransferIsSettledUnderThePreparedHash() {
        SettlementHandle handle = bench.prepared();
        bench.whileWaiting = bench.chain::mine;
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(10_000);
    }

    @Test
    void settlingAgainAnswersTheSameAndMovesNothingMore() {
        bench.chain.setMinesAtOnce();
        SettlementHandle handle = bench.prepared();
        Settlement first = bench.facilitator.settle(bench.payment(), handle, PATIENCE);
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE)).isEqualTo(first)
                .isEqualTo(new Settlement.Settled(handle.transaction()));
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(10_000);
    }

    @Test
    void whatIsNotMinedInTimeIsUnknownAndNotFailed() {
        SettlementHandle handle = bench.prepared();
        Instant before = bench.clock.instant();
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE))
                .isEqualTo(new Settlement.Unknown(handle.transaction(), "not mined yet"));
        assertThat(Duration.between(before, bench.clock.instant())).isBetween(PATIENCE.minusSeconds(1), PATIENCE);
    }

    @Test
    void aTransactionThatWaitsAlreadyIsWaitedForOnceMore() {
        SettlementHandle handle = bench.prepared();
        bench.facilitator.settle(bench.payment(), handle, Duration.ZERO);
        bench.whileWaiting = bench.chain::mine;
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
    }

    @Test
    void aNumberThatAnotherTransactionTookEndsTheHandle() {
        SettlementHandle ours = bench.prepared();
        bench.nextNumber.set(0);
        bench.chain.setGas(80_000);
        SettlementHandle theirs = bench.prepared();
        bench.chain.setMinesAtOnce();
        bench.facilitator.settle(bench.payment(), theirs, PATIENCE);
        assertThat(bench.facilitator.settle(bench.payment(), ours, PATIENCE))
                .isEqualTo(new Settlement.Outnumbered("number 0 was used"));
    }

    @Test
    void whoeverBroadcastsFirstOursRevertsAndTheChainTells() {
        SettlementHandle handle = bench.prepared();
        bench.chain.execute(List.of(call()));
        bench.chain.setMinesAtOnce();
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE)).isEqualTo(new Settlement.Refused(
                "invalid_transaction_state", "the transaction was mined and reverted", handle.transaction()));
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(10_000);
        assertThat(refusal(bench.facilitator.prepare(bench.payment())))
                .isEqualTo("invalid_exact_evm_nonce_already_used");
    }

    @Test
    void aSuccessWithoutTheTransferIsNoPayment() {
        SettlementHandle handle = bench.prepared();
        bench.chain.token().becomeSilent();
        bench.chain.setMinesAtOnce();
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE)).isEqualTo(
                new Settlement.Refused("invalid_exact_evm_transfer_event_mismatch",
                        "the transaction succeeded without that transfer", handle.transaction()));
    }

    @Test
    void aNodeThatRefusesTheTransactionIsNoProofThatItIsNowhere() {
        SettlementHandle handle = bench.prepared();
        bench.chain.refuseTransactions("insufficient funds for gas * price + value");
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE)).isEqualTo(
                new Settlement.Unknown(handle.transaction(), "insufficient funds for gas * price + value"));
    }

    @Test
    void aNodeThatComesBackInTimeStillTellsTheOutcome() {
        SettlementHandle handle = bench.prepared();
        bench.facilitator.settle(bench.payment(), handle, Duration.ZERO);
        bench.chain.mine();
        bench.chain.setUnreachable(true);
        Instant back = bench.clock.instant().plusSeconds(5);
        bench.whileWaiting = () -> bench.chain.setUnreachable(bench.clock.instant().isBefore(back));
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
    }

    @Test
    void aNodeThatStaysAwayLeavesItUnknown() {
        SettlementHandle handle = bench.prepared();
        bench.chain.setUnreachable(true);
        assertThat(bench.facilitator.settle(bench.payment(), handle, PATIENCE))
                .isEqualTo(new Settlement.Unknown(handle.transaction(), "the node did not answer"));
    }

    @Test
    void aRemoteFacilitatorsHandleCannotBeSettledHere() {
        assertThat(bench.facilitator.settle(bench.payment(), SettlementHandle.REMOTE, PATIENCE))
                .isInstanceOf(Settlement.Unknown.class);
        assertThat(bench.chain.questions()).isEmpty();
    }

    private String call() {
        return switch (bench.payment().payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> Eip3009Token.transfer(signed);
            case SchemePayload.Upto other -> throw new AssertionError("not by EIP-3009");
            case SchemePayload.Permit2 other -> throw new AssertionError("not by EIP-3009");
            case SchemePayload.Solana elsewhere -> throw new AssertionError("not on Base");
        };
    }

    private static String refusal(Preparation preparation) {
        return ((Preparation.Refused) preparation).reason();
    }
}
