package io.x402compute.order;

import java.util.Optional;

import io.x402compute.payment.OrderBinding;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Wallet;

/**
 * Something somebody wants to buy. What depends on the state of the world is asked late: a payment that was claimed before
 * gets its order again, whatever has become of price, stock and lease since.
 */
public interface Purchase {

    Resource resource();

    /** The only network that the buyer wants to pay on; empty for any. */
    Optional<Network> network();

    /** SHA-256 over method, path and the parsed request with its defaults. */
    String fingerprint();

    /**
     * What it costs now.
     *
     * @throws io.x402compute.http.ApiException when it is not for sale
     */
    Price price();

    /**
     * Whether this wallet may buy it.
     *
     * @throws io.x402compute.http.ApiException when not
     */
    void admit(Wallet payer);

    /** By what its amount is known; empty where only who has signed can have paid for it. */
    default Optional<AmountMark> mark() {
        return Optional.empty();
    }

    /** Whether the money moves before anything is done for it; else it is signed before and moves after. */
    default boolean isPaidUpfront() {
        return true;
    }

    /** Whether it may turn out to cost less than its price, which is known only when it is done. */
    default boolean isMetered() {
        return false;
    }

    /** What a payment for it is bound to. */
    OrderBinding bind();
}
