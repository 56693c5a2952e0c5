package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmWallet;

/** The native money that pays for the transactions of an {@link OnchainFacilitator}. */
public final class SettlingGas {
    /** A transfer of USDC by authorization takes about 90,000, and a quarter more is allowed for. */
    private static final BigInteger GAS = BigInteger.valueOf(112_500);

    private final EvmChain chain;
    private final Supplier<Optional<EvmWallet>> settler;

    /**
     * @param settler asked for when it is needed: its key must not live as long as this object. Empty while it cannot be read
     */
    public SettlingGas(EvmChain chain, Supplier<Optional<EvmWallet>> settler) {
        this.chain = chain;
        this.settler = settler;
    }

    /**
     * How many more settlements it pays for, each at the most that one prepared now may cost: a node takes no transaction whose
     * account cannot pay that much. Empty while neither it nor the chain can be asked.
     */
    public OptionalLong settlements() {
        Optional<EvmWallet> wallet = settler.get();
        if (wallet.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            BigInteger most = GAS.multiply(GasPrice.at(chain.fees()).most());
            BigInteger balance = chain.balance(wallet.get().address());
            return OptionalLong.of(balance.divide(most.max(BigInteger.ONE)).min(BigInteger.valueOf(Long.MAX_VALUE))
                    .longValueExact());
        } catch (ChainUnavailable e) {
            return OptionalLong.empty();
        }
    }
}
