package io.x402compute.x402.evm;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.x402compute.x402.protocol.Hex;

/**
 * The contracts that may be called, at our expense, to create the wallet of a payer that is not there yet (ERC-6492). What they are
 * called with is the payer's choice, so only contracts belong here that do nothing but create wallets.
 *
 * @param addresses in lower case
 */
public record SmartWalletFactories(Set<String> addresses) {
    public static final SmartWalletFactories NONE = new SmartWalletFactories(Set.of());

    public SmartWalletFactories {
        addresses = Set.copyOf(addresses);
    }

    /**
     * Those contracts and no others.
     *
     * @param addresses {@code 0x} and 40 hex digits in any letter case
     */
    public static SmartWalletFactories of(Collection<String> addresses) {
        return new SmartWalletFactories(
                addresses.stream().map(Hex::lowerCase).collect(Collectors.toUnmodifiableSet()));
    }

    /** Why that call will not be made, if it will not. */
    public Optional<Rejection> objection(ContractCall deployment) {
        return addresses.contains(Hex.lowerCase(deployment.to()))
                ? Optional.empty()
                : Optional.of(new Rejection(ExactEvmReason.FACTORY_NOT_ALLOWED, "no wallets of " + deployment.to()));
    }
}
