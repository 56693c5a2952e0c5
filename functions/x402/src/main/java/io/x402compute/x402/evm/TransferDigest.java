package io.x402compute.x402.evm;

import io.x402compute.x402.protocol.Eip3009Authorization;

/** What a payer's key signs: the EIP-712 digest of an EIP-3009 {@code TransferWithAuthorization}. */
final class TransferDigest {
    private static final byte[] TYPE_HASH = Keccak
            .hash("TransferWithAuthorization(address from,address to,uint256 value,"
                    + "uint256 validAfter,uint256 validBefore,bytes32 nonce)");
    private static final int FIELDS = 7;
    private static final byte[] PREFIX = {0x19, 0x01};

    // One deployment takes one token, so its last separator is all the cache there is to have.
    private static volatile Separator last = new Separator(new TokenDomain("", "", 0, "0x" + "0".repeat(40)));

    private TransferDigest() {}

    static byte[] of(TokenDomain domain, Eip3009Authorization authorization) {
        byte[] message = new byte[PREFIX.length + 2 * Keccak.BYTES];
        System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
        System.arraycopy(separator(domain), 0, message, PREFIX.length, Keccak.BYTES);
        System.arraycopy(structHash(authorization), 0, message, PREFIX.length + Keccak.BYTES, Keccak.BYTES);
        return Keccak.hash(message);
    }

    static byte[] structHash(Eip3009Authorization authorization) {
        return Keccak
                .hash(new Words(FIELDS).bytes32(TYPE_HASH).address(authorization.from()).address(authorization.to())
                        .uint(authorization.value()).uint(authorization.validAfter()).uint(authorization.validBefore())
                        .bytes32(authorization.nonce()).toBytes());
    }

    private static byte[] separator(TokenDomain domain) {
        Separator known = last;
        if (!known.domain.equals(domain)) {
            known = new Separator(domain);
            last = known;
        }
        return known.bytes;
    }

    private record Separator(TokenDomain domain, byte[] bytes) {
        Separator(TokenDomain domain) {
            this(domain, domain.separator());
        }
    }
}
