package io.x402compute.x402.evm;

import java.math.BigInteger;

/** What an owner's key signs to approve a spender: the EIP-712 digest of a token's EIP-2612 {@code Permit}. */
final class Eip2612Digest {
    private static final byte[] TYPE_HASH = Keccak
            .hash("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    private static final int FIELDS = 6;
    private static final byte[] PREFIX = {0x19, 0x01};

    private Eip2612Digest() {}

    static byte[] of(TokenDomain domain, String owner, String spender, BigInteger amount, BigInteger nonce,
            BigInteger deadline) {
        byte[] permit = Keccak.hash(new Words(FIELDS).bytes32(TYPE_HASH).address(owner).address(spender).uint(amount)
                .uint(nonce).uint(deadline).toBytes());
        byte[] message = new byte[PREFIX.length + 2 * Keccak.BYTES];
        System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
        System.arraycopy(domain.separator(), 0, message, PREFIX.length, Keccak.BYTES);
        System.arraycopy(permit, 0, message, PREFIX.length + Keccak.BYTES, Keccak.BYTES);
        return Keccak.hash(message);
    }
}
