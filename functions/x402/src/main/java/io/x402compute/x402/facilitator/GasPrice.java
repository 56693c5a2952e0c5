package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.util.Optional;

import io.x402compute.x402.evm.Eip1559Transaction;
import io.x402compute.x402.evm.EvmChain.Fees;

/**
 * What a transaction offers for each unit of gas, in wei.
 *
 * @param priority for whoever builds the block
 * @param most for everything, the block's base fee included; what the block does not ask stays with the sender
 */
record GasPrice(BigInteger priority, BigInteger most) {
    /** So many times the base fee of now, which takes a dozen full blocks to reach. */
    private static final BigInteger BASE_FEE_HEADROOM = BigInteger.valueOf(4);
    /** Nodes let a transaction take another's place that offers a tenth more in both; some want an eighth. */
    private static final BigInteger REPLACEMENT_DIVISOR = BigInteger.valueOf(8);

    /** With which a transaction is mined now, and if the base fee rises for a while. */
    static GasPrice at(Fees market) {
        return new GasPrice(market.priority(), market.base().multiply(BASE_FEE_HEADROOM).add(market.priority()));
    }

    static GasPrice of(Eip1559Transaction transaction) {
        return new GasPrice(transaction.maxPriorityFeePerGas(), transaction.maxFeePerGas());
    }

    /** The least with which nodes replace a transaction of this price. */
    GasPrice replacing() {
        return new GasPrice(raised(priority), raised(most));
    }

    GasPrice doubled() {
        return new GasPrice(priority.shiftLeft(1), most.shiftLeft(1));
    }

    GasPrice atLeast(GasPrice other) {
        return new GasPrice(priority.max(other.priority), most.max(other.most));
    }

    boolean covers(GasPrice other) {
        return priority.compareTo(other.priority) >= 0 && most.compareTo(other.most) >= 0;
    }

    /** Whether a block of now would take it. */
    boolean meets(Fees market) {
        return most.compareTo(market.base().add(market.priority())) >= 0;
    }

    /** The same without its headroom as far as that is too dear; empty when the market of now is too dear already. */
    Optional<GasPrice> within(FeeCap cap, long gasLimit, Fees market) {
        BigInteger affordable = most.min(cap.perUnit(gasLimit));
        return Optional.of(new GasPrice(priority.min(affordable), affordable)).filter(price -> price.meets(market));
    }

    private static BigInteger raised(BigInteger wei) {
        return wei.add(wei.add(REPLACEMENT_DIVISOR).subtract(BigInteger.ONE).divide(REPLACEMENT_DIVISOR))
                .max(BigInteger.ONE);
    }
}
