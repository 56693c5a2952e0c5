package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.function.Supplier;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.Eip1559Transaction;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Network;

/** The settling account of an {@link OnchainFacilitator}. */
public final class OnchainSettlingAccount implements SettlingAccount {
    /** What a transaction costs that does nothing. */
    private static final long EMPTY_GAS = 21_000;
    private static final BigInteger BASE_FEE_HEADROOM = BigInteger.valueOf(4);

    private final EvmChain chain;
    private final Supplier<EvmWallet> settler;
    private final Network network;

    /** @param settler asked for when it is needed: its key must not live as long as this object */
    public OnchainSettlingAccount(EvmChain chain, Supplier<EvmWallet> settler, Network network) {
        this.chain = chain;
        this.settler = settler;
        this.network = network;
    }

    static String signer(Network network, EvmWallet settler) {
        return network.caip2() + "/" + settler.wallet().address();
    }

    @Override
    public String signer() {
        return signer(network, settler.get());
    }

    @Override
    public OptionalLong nextNumber() {
        try {
            return OptionalLong.of(chain.transactionCount(settler.get().wallet().address()));
        } catch (ChainUnavailable e) {
            return OptionalLong.empty();
        }
    }

    /** An empty transaction of the account to itself. Whether it got through shows in the next number. */
    @Override
    public void skip(long number) {
        EvmWallet wallet = settler.get();
        try {
            EvmChain.Fees fees = chain.fees();
            BigInteger most = fees.base().multiply(BASE_FEE_HEADROOM).add(fees.priority());
            chain.send(new Eip1559Transaction(network.chainId(), number, fees.priority(), most, EMPTY_GAS,
                    wallet.wallet().address(), "0x").signedBy(wallet).raw());
        } catch (ChainUnavailable e) {
            // The gap is still there, and so the next look will find it again.
        }
    }
}
