package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.SolanaWallet;
import io.x402compute.x402.solana.Vectors;

class SettlingLamportsTest {
    private final SolanaBench bench = new SolanaBench(4);

    @Test
    void countsWhatIsLeftAtTheDearestThatAPaymentMayBe() {
        SolanaWallet feePayer = Vectors.wallet(6);
        bench.chain.airdrop(feePayer.address(), 95_000);
        assertThat(of(Optional.of(feePayer)).settlements()).hasValue(3);
        assertThat(of(Optional.of(Vectors.wallet(7))).settlements()).hasValue(0);
    }

    @Test
    void whatCannotBeReadIsNotCounted() {
        assertThat(of(Optional.empty()).settlements()).isEmpty();
        bench.chain.setUnreachable(true);
        assertThat(of(Optional.of(Vectors.FEE_PAYER)).settlements()).isEmpty();
    }

    private SettlingLamports of(Optional<SolanaWallet> feePayer) {
        return new SettlingLamports(bench.chain, () -> feePayer, FeeLimits.DEFAULT);
    }
}
