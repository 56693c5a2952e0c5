package io.x402compute.x402.protocol;

import java.util.List;
import java.util.Optional;

/**
 * USDC as it is deployed on an EVM network. The domain name is not the same everywhere, and a signature over the wrong one is
 * worth nothing.
 *
 * @param asset the checksummed contract address
 * @param domainName the EIP-712 domain's name
 * @param domainVersion the EIP-712 domain's version
 * @see <a href="https://developers.circle.com/stablecoins/usdc-contract-addresses">Circle's contract addresses</a>
 */
public record UsdcToken(Network network, String asset, String domainName, String domainVersion) {
    public static final UsdcToken BASE = new UsdcToken(Network.BASE, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "USD Coin", "2");
    public static final UsdcToken BASE_SEPOLIA = new UsdcToken(Network.BASE_SEPOLIA,
            "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "USDC", "2");

    private static final List<UsdcToken> KNOWN = List.of(BASE, BASE_SEPOLIA);

    /** USDC on that network; empty where payments are not made by EIP-3009. */
    public static Optional<UsdcToken> on(Network network) {
        return KNOWN.stream().filter(token -> token.network.equals(network)).findFirst();
    }
}
