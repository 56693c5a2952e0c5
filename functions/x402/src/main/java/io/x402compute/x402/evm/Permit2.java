package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Optional;

import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Uint256;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Permit2Authorization;

/**
 * Uniswap's Permit2, at the same address on every chain: transfers any token by its owner's signature, once the owner has
 * approved it. Says nothing of a transfer but that its nonce is used, and of that in its state alone.
 *
 * @see <a href="https://docs.uniswap.org/contracts/permit2/reference/signature-transfer">SignatureTransfer</a>
 */
public final class Permit2 {
    public static final String ADDRESS = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

    private static final byte[] DOMAIN_TYPE = Keccak
            .hash("EIP712Domain(string name,uint256 chainId,address verifyingContract)");
    private static final byte[] NAME = Keccak.hash("Permit2");
    private static final String TOKEN_PERMISSIONS = "TokenPermissions(address token,uint256 amount)";
    private static final String PERMIT = "PermitWitnessTransferFrom(TokenPermissions permitted,"
            + "address spender,uint256 nonce,uint256 deadline,Witness witness)";
    private static final String WITNESS = "Witness(address to,uint256 validAfter)";
    private static final String UPTO_WITNESS = "Witness(address to,address facilitator,uint256 validAfter)";
    private static final byte[] TYPE = Keccak.hash(PERMIT + TOKEN_PERMISSIONS + WITNESS);
    private static final byte[] UPTO_TYPE = Keccak.hash(PERMIT + TOKEN_PERMISSIONS + UPTO_WITNESS);
    private static final byte[] TOKEN_PERMISSIONS_TYPE = Keccak.hash(TOKEN_PERMISSIONS);
    private static final byte[] WITNESS_TYPE = Keccak.hash(WITNESS);
    private static final byte[] UPTO_WITNESS_TYPE = Keccak.hash(UPTO_WITNESS);
    private static final byte[] PREFIX = {0x19, 0x01};
    private static final int NONCES_PER_WORD_BITS = 8;
    private static final int NONCES_PER_WORD = 1 << NONCES_PER_WORD_BITS;

    private Permit2() {}

    /** What the payer's key signs. Unlike a token's, the domain has no version. */
    static byte[] digest(long chainId, Permit2Authorization permit) {
        return digest(chainId, permit, TYPE, new Words(3).bytes32(WITNESS_TYPE).address(permit.to())
                .uint(permit.validAfter()));
    }

    /** The same of a permit for at most its amount, of which that account decides how much is taken. */
    static byte[] uptoDigest(long chainId, Permit2Authorization permit, String facilitator) {
        return digest(chainId, permit, UPTO_TYPE, new Words(4).bytes32(UPTO_WITNESS_TYPE).address(permit.to())
                .address(facilitator).uint(permit.validAfter()));
    }

    private static byte[] digest(long chainId, Permit2Authorization permit, byte[] type, Words witness) {
        byte[] message = new byte[PREFIX.length + 2 * Keccak.BYTES];
        System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
        System.arraycopy(separator(chainId), 0, message, PREFIX.length, Keccak.BYTES);
        System.arraycopy(structHash(permit, type, witness), 0, message, PREFIX.length + Keccak.BYTES, Keccak.BYTES);
        return Keccak.hash(message);
    }

    static byte[] separator(long chainId) {
        return Keccak.hash(
                new Words(4).bytes32(DOMAIN_TYPE).bytes32(NAME).uint(chainId).address(ADDRESS).toBytes());
    }

    private static byte[] structHash(Permit2Authorization permit, byte[] type, Words witness) {
        byte[] permitted = Keccak.hash(new Words(3).bytes32(TOKEN_PERMISSIONS_TYPE).address(permit.token())
                .uint(permit.amount()).toBytes());
        return Keccak.hash(new Words(6).bytes32(type).bytes32(permitted).address(permit.spender())
                .uint(permit.nonce()).uint(permit.deadline()).bytes32(Keccak.hash(witness.toBytes())).toBytes());
    }

    /** Asks for the word with the payment's nonce in it, which is one bit of it. */
    public static ContractCall nonceBitmap(Permit2Authorization permit) {
        return new ContractCall(ADDRESS, Abi.call("nonceBitmap", new Address(permit.from()),
                new Uint256(permit.nonce().shiftRight(NONCES_PER_WORD_BITS))));
    }

    /** Has that nonce been used, or given up? Empty where there is no Permit2. */
    public static Optional<Boolean> isSpent(CallOutcome nonceBitmap, Permit2Authorization permit) {
        int bit = permit.nonce().mod(BigInteger.valueOf(NONCES_PER_WORD)).intValue();
        return switch (nonceBitmap) {
            case CallOutcome.Returned(String data) -> Abi.number(data).map(word -> word.testBit(bit));
            case CallOutcome.Reverted reverted -> Optional.empty();
        };
    }

    /** Asks the token how much of the payer's Permit2 may take. */
    static ContractCall allowance(Permit2Authorization permit) {
        return new ContractCall(permit.token(),
                Abi.call("allowance", new Address(permit.from()), new Address(Hex.lowerCase(ADDRESS))));
    }
}
