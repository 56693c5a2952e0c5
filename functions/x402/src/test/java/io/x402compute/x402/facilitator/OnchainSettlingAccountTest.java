package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.FakeChain;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.protocol.Network;

class OnchainSettlingAccountTest {
    private final OnchainBench bench = new OnchainBench();
    private final OnchainSettlingAccount account = new OnchainSettlingAccount(bench.chain, () -> OnchainBench.SETTLER,
            Network.BASE_SEPOLIA, OnchainBench.CAP);

    @Test
    void aSettlementBehindANumberThatWasNeverSentPassesOnceThatIsSkipped() {
        bench.nextNumber.set(1);
        SettlementHandle stuck = bench.prepared();
        bench.facilitator.settle(bench.payment(), stuck, Duration.ZERO);
        bench.chain.mine();
        assertThat(bench.facilitator.settle(bench.payment(), stuck, Duration.ZERO))
                .isInstanceOf(Settlement.Unknown.class);
        assertThat(account.nextNumber()).hasValue(0);

        account.skip(0);
        bench.chain.mine();

        assertThat(bench.facilitator.settle(bench.payment(), stuck, Duration.ZERO))
                .isEqualTo(new Settlement.Settled(stuck.transaction()));
        assertThat(account.nextNumber()).hasValue(2);
    }

    @Test
    void anEmptyTransactionThatIsStuckItselfIsReplacedByADearerOne() {
        account.skip(0);
        bench.chain.setFees(FakeChain.BASE_FEE.shiftLeft(4), FakeChain.PRIORITY_FEE);
        bench.chain.mine();
        assertThat(account.nextNumber()).hasValue(0);

        account.skip(0);
        bench.chain.mine();

        assertThat(account.nextNumber()).hasValue(1);
    }

    @Test
    void whatWaitsUnderASkippedNumberIsReplacedWhateverItOffers() {
        bench.chain.setFees(FakeChain.BASE_FEE.shiftLeft(3), FakeChain.PRIORITY_FEE.shiftLeft(3));
        SettlementHandle dear = bench.prepared();
        bench.facilitator.settle(bench.payment(), dear, Duration.ZERO);
        bench.chain.setFees(FakeChain.BASE_FEE, FakeChain.PRIORITY_FEE);

        account.skip(0);
        bench.chain.mine();

        assertThat(account.nextNumber()).hasValue(1);
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isZero();
        assertThat(bench.facilitator.settle(bench.payment(), dear, Duration.ZERO))
                .isEqualTo(new Settlement.Outnumbered("number 0 was used"));
    }

    @Test
    void nothingIsSkippedForMoreThanASettlementMayCost() {
        BigInteger dear = OnchainBench.CAP.wei().divide(BigInteger.valueOf(21_000));
        bench.chain.setFees(dear, FakeChain.PRIORITY_FEE);

        account.skip(0);

        assertThat(bench.chain.questions()).doesNotContain("send");
    }

    @Test
    void itIsCountedUnderTheNameThatSettlementsAreNumberedBy() {
        assertThat(account.signer()).isEqualTo("eip155:84532/" + OnchainBench.SETTLER.wallet().address());
    }

    @Test
    void withoutAnAnswerFromTheChainNothingIsKnown() {
        bench.chain.setUnreachable(true);

        assertThat(account.nextNumber()).isEmpty();
        account.skip(0);
        bench.chain.setUnreachable(false);
        assertThat(account.nextNumber()).hasValue(0);
    }
}
