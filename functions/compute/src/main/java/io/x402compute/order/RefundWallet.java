package io.x402compute.order;

import java.util.Optional;

import io.x402compute.x402.evm.EvmWallet;

/** The account that refunds are paid from. Its key is read when it is needed and not kept. */
@FunctionalInterface
public interface RefundWallet {

    /** Empty while there is no key, or none that can be read. */
    Optional<EvmWallet> open();
}
