package io.x402compute.payment;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** What is owed to wallets: append-only entries and a balance that change together. */
public interface Credits {

    /**
     * Gives credit for an order. Doing it again changes nothing: an order is credited at most once.
     *
     * @param reason why, a machine code
     */
    void give(Wallet wallet, Usdc amount, OrderId order, String reason, Instant now);

    /** Pays an order, if there is enough. Doing it again changes nothing: an order is paid at most once. */
    Spending spend(Wallet wallet, Usdc amount, OrderId order, Instant now);

    /** What a wallet has, as it is now; empty if it was never given anything. */
    Optional<CreditBalance> balance(Wallet wallet);

    /** A page of a wallet's entries, newest first. The newest may be missing for a moment. */
    Page<CreditEntry> entries(Wallet wallet, PageRequest<CreditEntry> wanted);
}
