package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.FakeChain;

class SettlingGasTest {
    private final OnchainBench bench = new OnchainBench();
    private final SettlingGas gas = new SettlingGas(bench.chain, () -> Optional.of(OnchainBench.SETTLER));
    private final BigInteger most = BigInteger.valueOf(112_500)
            .multiply(FakeChain.BASE_FEE.multiply(BigInteger.valueOf(4)).add(FakeChain.PRIORITY_FEE));

    @Test
    void balanceIsToldAsWhatItStillPaysFor() {
        bench.chain.setBalance(OnchainBench.SETTLER.address(), most.multiply(BigInteger.TEN).subtract(BigInteger.ONE));

        assertThat(gas.settlements()).hasValue(9);
    }

    @Test
    void dearerGasPaysForLess() {
        bench.chain.setBalance(OnchainBench.SETTLER.address(), most.multiply(BigInteger.TEN));
        bench.chain.setFees(FakeChain.BASE_FEE.shiftLeft(1), FakeChain.PRIORITY_FEE.shiftLeft(1));

        assertThat(gas.settlements()).hasValue(5);
    }

    @Test
    void keyThatCannotBeReadIsNoEmptyAccount() {
        assertThat(new SettlingGas(bench.chain, Optional::empty).settlements()).isEmpty();
    }

    @Test
    void chainThatCannotBeAskedIsNoEmptyAccount() {
        bench.chain.setUnreachable(true);

        assertThat(gas.settlements()).isEmpty();
    }
}
