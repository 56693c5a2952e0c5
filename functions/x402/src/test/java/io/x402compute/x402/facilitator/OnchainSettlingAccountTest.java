package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Network;

class OnchainSettlingAccountTest {
    private final OnchainBench bench = new OnchainBench();
    private final OnchainSettlingAccount account = new OnchainSettlingAccount(bench.chain, () -> OnchainBench.SETTLER,
            Network.BASE_SEPOLIA);

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
