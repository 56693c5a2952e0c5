package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

import io.x402compute.x402.protocol.Hex;

/**
 * A contract call as a transaction of type 2 (EIP-1559), without an access list and moving no ether.
 *
 * @param number the sender's transaction number
 * @param maxPriorityFeePerGas wei
 * @param maxFeePerGas wei
 * @param gasLimit units of gas
 * @param to the contract
 * @param data the call
 */
public record Eip1559Transaction(
        long chainId,
        long number,
        BigInteger maxPriorityFeePerGas,
        BigInteger maxFeePerGas,
        long gasLimit,
        String to,
        String data) {
    private static final byte TYPE = 2;
    /** The place of the call among the fields. */
    private static final int DATA = 7;

    /**
     * A transaction ready to be handed in.
     *
     * @param hash what it will be known by
     * @param raw its bytes
     */
    public record Signed(String hash, String raw) {}

    /** What a signed transaction of ours says. */
    public static Eip1559Transaction ofSigned(String raw) {
        byte[] typed = Hex.bytes(raw);
        RlpList list = (RlpList) RlpDecoder.decode(Arrays.copyOfRange(typed, 1, typed.length)).getValues().getFirst();
        List<byte[]> fields = list.getValues().stream().limit(DATA + 1L)
                .map(field -> ((RlpString) field).getBytes()).toList();
        return new Eip1559Transaction(number(fields.get(0)).longValueExact(), number(fields.get(1)).longValueExact(),
                number(fields.get(2)), number(fields.get(3)), number(fields.get(4)).longValueExact(),
                Hex.of(fields.get(5)), Hex.of(fields.get(DATA)));
    }

    /** The same at another price. */
    public Eip1559Transaction offering(BigInteger priority, BigInteger most) {
        return new Eip1559Transaction(chainId, number, priority, most, gasLimit, to, data);
    }

    public Signed signedBy(EvmWallet sender) {
        EcdsaSignature signature = sender.sign(signingHash());
        List<RlpType> fields = fields();
        fields.add(RlpString.create(signature.recoveryId()));
        fields.add(RlpString.create(new BigInteger(1, signature.compact(), 0, Words.WORD)));
        fields.add(RlpString.create(new BigInteger(1, signature.compact(), Words.WORD, Words.WORD)));
        byte[] raw = encoded(fields);
        return new Signed(Hex.of(Keccak.hash(raw)), Hex.of(raw));
    }

    byte[] signingHash() {
        return Keccak.hash(encoded(fields()));
    }

    private List<RlpType> fields() {
        return new ArrayList<>(List.of(RlpString.create(chainId), RlpString.create(number),
                RlpString.create(maxPriorityFeePerGas), RlpString.create(maxFeePerGas), RlpString.create(gasLimit),
                RlpString.create(Hex.bytes(Hex.lowerCase(to))), RlpString.create(BigInteger.ZERO),
                RlpString.create(Hex.bytes(data)), new RlpList()));
    }

    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    private static byte[] encoded(List<RlpType> fields) {
        byte[] list = RlpEncoder.encode(new RlpList(fields));
        byte[] typed = new byte[1 + list.length];
        typed[0] = TYPE;
        System.arraycopy(list, 0, typed, 1, list.length);
        return typed;
    }
}
