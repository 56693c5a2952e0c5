package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;

import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

/**
 * The contract that {@code exact} payments by Permit2 are signed for ({@code x402ExactPermit2Proxy}), at the same
 * address on every chain. It transfers all that is permitted, to the receiver that the payer has signed, and nothing
 * else.
 */
public final class Permit2Proxy {
    public static final String ADDRESS = "0x402085c248EeA27D92E8b30b2C58ed07f9E20001";

    private static final String TERMS = "((address,uint256),uint256,uint256),address,(address,uint256),bytes";
    private static final String SETTLE = "settle(" + TERMS + ")";
    /** Before the same terms it takes a permit of the token's own (EIP-2612), of five words. */
    private static final String SETTLE_WITH_PERMIT = "settleWithPermit((uint256,uint256,bytes32,bytes32,uint8)," + TERMS
            + ")";
    static final int PERMIT_WORDS = 5;
    static final int SELECTOR = 4;
    private static final List<String> SETTLED = List.of(topic("Settled()"), topic("SettledWithPermit()"));

    private Permit2Proxy() {}

    /** The call that carries a payment out. */
    public static ContractCall settle(SchemePayload.Permit2 signed) {
        return call(SETTLE, List.of(), signed);
    }

    /** The same, which first hands the token's own permit in, that the payer has signed too. */
    public static ContractCall settleWithPermit(Eip2612Permit approval, SchemePayload.Permit2 signed) {
        return call(SETTLE_WITH_PERMIT, words(approval), signed);
    }

    /** A permit of the token's own, as proxies take it. */
    @SuppressWarnings("rawtypes") // as web3j declares it
    static List<Type> words(Eip2612Permit approval) {
        byte[] signature = Hex.bytes(approval.signature());
        return List.of(new Uint256(approval.amount()), new Uint256(approval.deadline()),
                new Bytes32(Arrays.copyOf(signature, Words.WORD)),
                new Bytes32(Arrays.copyOfRange(signature, Words.WORD, EcdsaSignature.COMPACT_LENGTH)),
                new Uint8(Byte.toUnsignedInt(signature[EcdsaSignature.COMPACT_LENGTH])));
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private static ContractCall call(String function, List<Type> before, SchemePayload.Permit2 signed) {
        Permit2Authorization permit = signed.authorization();
        Stream<Type> terms = Stream.of(new Address(permit.token()), new Uint256(permit.amount()),
                new Uint256(permit.nonce()), new Uint256(permit.deadline()), new Address(permit.from()),
                new Address(permit.to()), new Uint256(permit.validAfter()),
                new DynamicBytes(Erc6492.unwrapped(Hex.bytes(signed.signature()))));
        return new ContractCall(ADDRESS,
                Abi.callOf(function, Stream.concat(before.stream(), terms).toArray(Type[]::new)));
    }

    public static boolean isAt(String address) {
        return address.equalsIgnoreCase(ADDRESS);
    }

    /**
     * Whether a call carries out that permit and no other, if it succeeds; whoever makes it, and whatever signature of
     * the payer's it brings.
     */
    public static boolean carriesOut(ContractCall call, Permit2Authorization permit) {
        if (!isAt(call.to())) {
            return false;
        }
        byte[] data = Hex.bytes(call.data());
        return isFollowedBy(data, SETTLE, 0, permit) || isFollowedBy(data, SETTLE_WITH_PERMIT, PERMIT_WORDS, permit);
    }

    private static boolean isFollowedBy(byte[] data, String function, int skippedWords, Permit2Authorization permit) {
        return isCall(data, function, skippedWords,
                new Words(7).address(permit.token()).uint(permit.amount()).uint(permit.nonce())
                        .uint(permit.deadline()).address(permit.from()).address(permit.to()).uint(permit.validAfter())
                        .toBytes());
    }

    /** Whether a call's data is for that function and has those words behind as many others. */
    static boolean isCall(byte[] data, String function, int skippedWords, byte[] terms) {
        int start = SELECTOR + skippedWords * Words.WORD;
        return data.length >= start + terms.length
                && Arrays.equals(data, 0, SELECTOR, Keccak.hash(function), 0, SELECTOR)
                && Arrays.equals(data, start, start + terms.length, terms, 0, terms.length);
    }

    /** The proxy's own event, which follows the token's in a transaction that it has carried a payment out in. */
    static boolean isSettled(Log log) {
        return isAt(log.contract()) && isSettling(log);
    }

    /** All proxies report it by the same events. */
    static boolean isSettling(Log log) {
        return !log.topics().isEmpty()
                && SETTLED.contains(log.topics().getFirst());
    }

    /** What carries that permit out. */
    public static PermitCalls callsFor(Permit2Authorization permit) {
        return new Whole(permit);
    }

    private record Whole(Permit2Authorization permit) implements PermitCalls {
        @Override
        public boolean isMetered() {
            return false;
        }

        @Override
        public boolean isProxyAt(String address) {
            return isAt(address);
        }

        @Override
        public boolean isSettled(Log log) {
            return Permit2Proxy.isSettled(log);
        }

        @Override
        public boolean allows(BigInteger amount) {
            return amount.equals(permit.amount());
        }

        @Override
        public Optional<BigInteger> taken(ContractCall call) {
            return carriesOut(call, permit) ? Optional.of(permit.amount()) : Optional.empty();
        }
    }

    private static String topic(String event) {
        return Hex.of(Keccak.hash(event));
    }
}
