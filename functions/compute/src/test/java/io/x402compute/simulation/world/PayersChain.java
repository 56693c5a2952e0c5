package io.x402compute.simulation.world;

import io.x402compute.order.NoChain;
import io.x402compute.x402.evm.ChainUnavailable;

/**
 * The chain as far as payers' signatures go. All payers are contract wallets, which judge their signatures themselves: histories
 * would otherwise spend most of their time on elliptic curves.
 */
final class PayersChain extends NoChain {
    /** Not of the length of a plain key's. */
    static final String SIGNATURE = "0x" + "51".repeat(8);
    private static final String ACCEPTED = "0x1626ba7e" + "0".repeat(56);

    private final Weather weather;

    PayersChain(Weather weather) {
        this.weather = weather;
    }

    @Override
    public boolean hasCode(String address) throws ChainUnavailable {
        if (weather.strikes(weather.climate().chain() / 4, "chain unreachable")) {
            throw new ChainUnavailable("no route to host");
        }
        return true;
    }

    @Override
    public CallOutcome call(String to, String data) {
        return new CallOutcome.Returned(data.contains(SIGNATURE.substring(2)) ? ACCEPTED : "0x");
    }
}
