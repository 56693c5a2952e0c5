package io.x402compute.x402.protocol;

import java.util.List;
import java.util.Optional;

import io.x402compute.x402.solana.Programs;

/**
 * USDC as it is on a Solana network.
 *
 * @param asset the mint's address
 * @see <a href="https://developers.circle.com/stablecoins/usdc-contract-addresses">Circle's contract addresses</a>
 */
public record UsdcMint(Network network, String asset) {
    public static final UsdcMint SOLANA = new UsdcMint(Network.SOLANA, "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
    public static final UsdcMint SOLANA_DEVNET = new UsdcMint(Network.SOLANA_DEVNET,
            "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU");
    /** The token program that all of them are of. */
    public static final String PROGRAM = Programs.TOKEN;
    public static final int DECIMALS = 6;

    private static final List<UsdcMint> KNOWN = List.of(SOLANA, SOLANA_DEVNET);

    /** USDC on that network; empty where that is no Solana network. */
    public static Optional<UsdcMint> on(Network network) {
        return KNOWN.stream().filter(mint -> mint.network.equals(network)).findFirst();
    }
}
