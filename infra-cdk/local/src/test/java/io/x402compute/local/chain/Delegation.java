package io.x402compute.local.chain;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/**
 * Delegates a key's account to a contract in the only way a real chain knows (EIP-7702): by what the key has signed, in
 * anybody's transaction.
 */
final class Delegation {
    private static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));
    private static final BigInteger HALF_ORDER = CURVE.getN().shiftRight(1);

    private Delegation() {}

    /** @param account a development account that has never sent anything: what is signed names its next number */
    static void delegate(LocalEvm evm, int account, String contract) {
        BigInteger[] signature = sign(digest(contract), new BigInteger(evm.privateKey(account).substring(2), 16));
        try (JsonRpc node = new JsonRpc(evm.rpcUrl())) {
            // One of both recovers to the account. The other names an account of nobody's.
            for (int parity = 0; parity < 2; parity++) {
                Map<String, String> authorization = Map.of("chainId", "0x2105", "address", contract, "nonce", "0x0",
                        "yParity", "0x" + parity, "r", "0x" + Abi.word(signature[0].toString(16)), "s",
                        "0x" + Abi.word(signature[1].toString(16)));
                node.call("eth_sendTransactionSync", Map.of("from", evm.address(9), "to", evm.address(9), "type", "0x4",
                        "authorizationList", List.of(authorization)));
            }
        }
    }

    /** {@code keccak256(0x05 || rlp([chain id, address, nonce]))}, on Base, for number 0. */
    private static byte[] digest(String contract) {
        byte[] message = HexFormat.of().parseHex("05d982210594" + contract.substring(2) + "80");
        KeccakDigest keccak = new KeccakDigest(256);
        keccak.update(message, 0, message.length);
        byte[] hash = new byte[keccak.getDigestSize()];
        keccak.doFinal(hash, 0);
        return hash;
    }

    private static BigInteger[] sign(byte[] digest, BigInteger key) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(key, CURVE));
        BigInteger[] signature = signer.generateSignature(digest);
        if (signature[1].compareTo(HALF_ORDER) > 0) {
            signature[1] = CURVE.getN().subtract(signature[1]);
        }
        return signature;
    }
}
