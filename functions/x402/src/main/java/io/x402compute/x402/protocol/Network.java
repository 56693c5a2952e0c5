package io.x402compute.x402.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A chain that payments can be made on, under the names of both protocol versions.
 *
 * @param caip2 the CAIP-2 id that version 2 uses, for example {@code eip155:8453}
 * @param v1Name the name that version 1 uses, for example {@code base}
 */
public record Network(String caip2, String v1Name) {
    public static final Network BASE = new Network("eip155:8453", "base");
    public static final Network BASE_SEPOLIA = new Network("eip155:84532", "base-sepolia");
    public static final Network SOLANA = new Network("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", "solana");
    public static final Network SOLANA_DEVNET = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1", "solana-devnet");

    private static final List<Network> KNOWN = List.of(BASE, BASE_SEPOLIA, SOLANA, SOLANA_DEVNET);
    private static final String EVM_NAMESPACE = "eip155:";

    /** The network of that name, whichever version's name it is; empty when the name is unknown. */
    public static Optional<Network> named(String name) {
        return KNOWN.stream().filter(network -> network.caip2.equals(name) || network.v1Name.equals(name)).findFirst();
    }

    public boolean isEvm() {
        return caip2.startsWith(EVM_NAMESPACE);
    }

    /** The EIP-155 chain id. Only EVM networks have one. */
    public long chainId() {
        if (!isEvm()) {
            throw new IllegalStateException(caip2 + " has no chain id");
        }
        return Long.parseLong(caip2, EVM_NAMESPACE.length(), caip2.length(), 10);
    }

    /** The name that this version of the protocol puts on the wire. */
    public String nameIn(int version) {
        return version == 1 ? v1Name : caip2;
    }
}
