package io.x402compute.payment;

import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.x402.protocol.Wallet;

/** Orders as those who pay for them look for them. One that was placed a moment ago may be missing. */
public interface OrderBook {

    /** That order of this payer, as it is now; somebody else's is none. */
    Optional<Claim> find(Wallet payer, OrderId order);

    /** A page of a payer's orders, newest first. */
    Page<Claim> paidBy(Wallet payer, PageRequest<Claim> wanted);
}
