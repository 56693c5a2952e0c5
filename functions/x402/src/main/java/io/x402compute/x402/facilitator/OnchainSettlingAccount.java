package io.x402compute.x402.facilitator;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.Eip1559Transaction;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmChain.Broadcast;
import io.x402compute.x402.evm.EvmChain.Fees;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Network;

/** The settling account of an {@link OnchainFacilitator}. */
public final class OnchainSettlingAccount implements SettlingAccount {
    /** What a transaction costs that does nothing. */
    private static final long EMPTY_GAS = 21_000;
    /** From the market's price to a thousand times it. */
    private static final int MOST_OFFERS = 10;

    private final EvmChain chain;
    private final Supplier<EvmWallet> settler;
    private final Network network;
    private final FeeCap cap;

    /** @param settler asked for when it is needed: its key must not live as long as this object */
    public OnchainSettlingAccount(EvmChain chain, Supplier<EvmWallet> settler, Network network, FeeCap cap) {
        this.chain = chain;
        this.settler = settler;
        this.network = network;
        this.cap = cap;
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
            return OptionalLong.of(chain.minedCount(settler.get().wallet().address()));
        } catch (ChainUnavailable e) {
            return OptionalLong.empty();
        }
    }

    /**
     * An empty transaction of the account to itself. Whatever waits there under that number is replaced, be it an empty one of
     * before: nobody knows its price, so the offer is doubled until the node takes it. Whether it got through shows in the next
     * number.
     */
    @Override
    public void skip(long number) {
        EvmWallet wallet = settler.get();
        try {
            Fees market = chain.fees();
            GasPrice offer = GasPrice.at(market);
            boolean taken = false;
            for (int offers = 0; offers < MOST_OFFERS && !taken; offers++) {
                Optional<GasPrice> price = offer.within(cap, EMPTY_GAS, market);
                taken = price.isEmpty() || isTaken(chain.send(empty(number, price.get(), wallet)));
                offer = offer.doubled();
            }
        } catch (ChainUnavailable e) {
            // The gap is still there, and so the next look will find it again.
        }
    }

    private String empty(long number, GasPrice price, EvmWallet wallet) {
        return new Eip1559Transaction(network.chainId(), number, price.priority(), price.most(), EMPTY_GAS,
                wallet.wallet().address(), "0x").signedBy(wallet).raw();
    }

    private static boolean isTaken(Broadcast answer) {
        return switch (answer) {
            case Broadcast.Accepted accepted -> true;
            case Broadcast.NumberUsed used -> true;
            // It has waited since the last look.
            case Broadcast.AlreadyKnown known -> false;
            case Broadcast.Underpriced underpriced -> false;
            // For a reason that more money does not mend.
            case Broadcast.Refused refused -> true;
        };
    }
}
