package io.x402compute.x402.evm;

import java.util.Optional;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.PaymentRequirements;

/**
 * A token's EIP-712 domain: what binds a signature to one contract on one chain.
 *
 * @param name the token's {@code name()}, which differs even between deployments of USDC
 * @param version the token's {@code version()}
 * @param chainId the EIP-155 chain id
 * @param contract the token's address, in any letter case
 */
public record TokenDomain(String name, String version, long chainId, String contract) {
    private static final byte[] TYPE_HASH = Keccak
            .hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final int FIELDS = 5;

    /** The domain an offer names in {@code extra}; empty when either is missing or the network is no EVM chain. */
    public static Optional<TokenDomain> of(PaymentRequirements requirements) {
        String name = requirements.extra().get("name");
        String version = requirements.extra().get("version");
        if (!requirements.network().isEvm() || name == null || version == null) {
            return Optional.empty();
        }
        return Optional.of(new TokenDomain(name, version, requirements.network().chainId(), requirements.asset()));
    }

    /** The 32 bytes that the contract calls {@code DOMAIN_SEPARATOR}. */
    public byte[] separator() {
        return Keccak.hash(new Words(FIELDS).bytes32(TYPE_HASH).bytes32(Keccak.hash(name)).bytes32(Keccak.hash(version))
                .uint(chainId).address(contract).toBytes());
    }

    /**
     * Does the contract on the chain have this domain? To be asked once when a deployment starts: where it does not, every
     * signature a client makes is worthless.
     */
    public boolean isOn(EvmChain chain) throws ChainUnavailable {
        return switch (chain.call(contract, Eip3009Token.domainSeparator())) {
            case EvmChain.CallOutcome.Returned(String data) ->
                Abi.word(data).filter(Hex.of(separator())::equals).isPresent();
            case EvmChain.CallOutcome.Reverted reverted -> false;
        };
    }
}
