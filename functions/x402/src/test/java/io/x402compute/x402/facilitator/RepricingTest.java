package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.Eip1559Transaction;
import io.x402compute.x402.evm.FakeChain;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.protocol.Network;

class RepricingTest {
    private static final BigInteger EIGHT = BigInteger.valueOf(8);
    private static final BigInteger NINE = BigInteger.valueOf(9);

    private final OnchainBench bench = new OnchainBench();

    @Test
    void aTransferThatTheMarketHasLeftBehindIsMinedOnceItOffersMore() {
        SettlementHandle stuck = sent(bench.prepared());
        bench.chain.setFees(FakeChain.BASE_FEE.multiply(BigInteger.TEN), FakeChain.PRIORITY_FEE);
        bench.chain.mine();

        SettlementHandle dearer = repriced(stuck);
        bench.whileWaiting = bench.chain::mine;

        assertThat(bench.facilitator.settle(bench.payment(), dearer, Duration.ofSeconds(15)))
                .isEqualTo(new Settlement.Settled(dearer.transaction()));
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(10_000);
    }

    @Test
    void itIsTheSameTransferUnderTheSameNumberForAnEighthMoreAtLeast() {
        SettlementHandle handle = sent(bench.prepared());
        Eip1559Transaction before = Eip1559Transaction.ofSigned(handle.signedTransaction());

        SettlementHandle dearer = repriced(handle);

        Eip1559Transaction after = Eip1559Transaction.ofSigned(dearer.signedTransaction());
        assertThat(dearer.signerNonce()).isEqualTo(handle.signerNonce());
        assertThat(after.offering(before.maxPriorityFeePerGas(), before.maxFeePerGas())).isEqualTo(before);
        assertThat(after.maxPriorityFeePerGas().multiply(EIGHT))
                .isGreaterThanOrEqualTo(before.maxPriorityFeePerGas().multiply(NINE));
        assertThat(after.maxFeePerGas().multiply(EIGHT))
                .isGreaterThanOrEqualTo(before.maxFeePerGas().multiply(NINE));
    }

    @Test
    void repricingLetsNothingOut() {
        SettlementHandle handle = bench.prepared();

        repriced(handle);

        assertThat(bench.chain.questions()).doesNotContain("send");
        assertThat(bench.nextNumber).hasValue(1);
    }

    @Test
    void whoWaitsForAnothersTurnAndOffersEnoughIsNotMadeDearer() {
        sent(bench.prepared());
        SettlementHandle second = sent(bench.prepared());

        assertThat(bench.facilitator.reprice(bench.payment(), second))
                .isEqualTo(new Repricing.Kept("it is not its turn"));
    }

    @Test
    void neitherTransactionMovesMoneyTwiceWhicheverIsMined() {
        SettlementHandle cheap = sent(bench.prepared());
        SettlementHandle dearer = repriced(cheap);
        bench.chain.mine();

        assertThat(bench.facilitator.settle(bench.payment(), dearer, Duration.ZERO))
                .isEqualTo(new Settlement.Outnumbered("number 0 was used"));
        assertThat(new OnchainTransfers(bench.chain).find(bench.payment()))
                .isEqualTo(new TransferLookup.TransferEvidence.Moved(cheap.transaction()));
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(10_000);
    }

    @Test
    void beyondWhatASettlementMayCostNothingIsOffered() {
        SettlementHandle handle = sent(bench.prepared());
        long gasLimit = Eip1559Transaction.ofSigned(handle.signedTransaction()).gasLimit();
        bench.chain.setFees(OnchainBench.CAP.perUnit(gasLimit), BigInteger.ONE);

        assertThat(bench.facilitator.reprice(bench.payment(), handle))
                .isEqualTo(new Repricing.Kept("gas is dearer than a settlement may be"));
    }

    @Test
    void nearTheLimitItOffersUpToTheLimit() {
        SettlementHandle handle = sent(bench.prepared());
        long gasLimit = Eip1559Transaction.ofSigned(handle.signedTransaction()).gasLimit();
        bench.chain.setFees(OnchainBench.CAP.perUnit(gasLimit).shiftRight(1), FakeChain.PRIORITY_FEE);

        Eip1559Transaction after = Eip1559Transaction.ofSigned(repriced(handle).signedTransaction());

        assertThat(after.maxFeePerGas()).isEqualTo(OnchainBench.CAP.perUnit(gasLimit));
    }

    @Test
    void whileGasIsDearerThanASettlementMayBeNothingIsPreparedAndNoNumberTaken() {
        bench.chain.setFees(OnchainBench.CAP.perUnit(90_000), FakeChain.PRIORITY_FEE);

        assertThat(bench.facilitator.prepare(bench.payment()))
                .isEqualTo(new Preparation.Unavailable("gas is dearer than a settlement may be"));
        assertThat(bench.nextNumber).hasValue(0);
    }

    @Test
    void whatAnotherKeySignedIsLeftAlone() {
        SettlementHandle handle = sent(bench.prepared());
        OnchainFacilitator withNewKey = new OnchainFacilitator(bench.chain, () -> OnchainBench.PAYER,
                (signer, count) -> count, Network.BASE_SEPOLIA, OnchainBench.CAP, bench.clock);

        assertThat(withNewKey.reprice(bench.payment(), handle))
                .isEqualTo(new Repricing.Kept("it was signed with another key"));
    }

    @Test
    void whatARemoteFacilitatorWasToSendIsLeftToIt() {
        assertThat(bench.facilitator.reprice(bench.payment(), SettlementHandle.REMOTE))
                .isEqualTo(new Repricing.Kept("prepared for another facilitator"));
    }

    @Test
    void withoutAnAnswerFromTheNodeTheHandleIsKept() {
        SettlementHandle handle = sent(bench.prepared());
        bench.chain.setUnreachable(true);

        assertThat(bench.facilitator.reprice(bench.payment(), handle))
                .isEqualTo(new Repricing.Kept("the node did not answer"));
    }

    private SettlementHandle sent(SettlementHandle handle) {
        bench.facilitator.settle(bench.payment(), handle, Duration.ZERO);
        return handle;
    }

    private SettlementHandle repriced(SettlementHandle handle) {
        return ((Repricing.Repriced) bench.facilitator.reprice(bench.payment(), handle)).handle();
    }
}
