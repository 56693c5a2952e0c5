package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.web3j.abi.DefaultFunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.Utils;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;

import io.x402compute.x402.protocol.Hex;

/** Calls and answers of contracts, as their ABI lays them out. Decoding never throws: a contract may answer anything. */
final class Abi {
    /** {@code Error(string)}: how a contract says why it reverted. */
    static final String ERROR_SELECTOR = "0x08c379a0";
    private static final int SELECTOR = 4;
    private static final int WORD_DIGITS = 64;
    private static final int HEX_RADIX = 16;

    private Abi() {}

    /** The data of a call: the function's selector and its arguments, {@code 0x} and hex. */
    @SuppressWarnings("rawtypes") // as web3j declares it
    static String call(String function, Type... arguments) {
        String types = Arrays.stream(arguments).map(Type::getTypeAsString).collect(Collectors.joining(","));
        return callOf(function + "(" + types + ")", arguments);
    }

    /**
     * The same, for a function whose parameters are not told by their arguments: structs, which have no other encoding than their
     * fields in a row as long as none of these is dynamic.
     *
     * @param function its whole signature
     */
    @SuppressWarnings("rawtypes") // as web3j declares it
    static String callOf(String function, Type... arguments) {
        // FunctionEncoder.encode would hash with BouncyCastle's security provider, which a small package leaves out.
        return selector(function)
                + new DefaultFunctionEncoder().encodeParameters(List.of(arguments));
    }

    /** The four bytes that name a function, {@code 0x} and hex: of {@code name(types)}. */
    static String selector(String function) {
        return Hex.of(Arrays.copyOf(Keccak.hash(function), SELECTOR));
    }

    /** The first 32 bytes of an answer; empty when it is shorter. */
    static Optional<String> word(String data) {
        int end = 2 + WORD_DIGITS;
        return data.length() < end ? Optional.empty() : Optional.of(data.substring(0, end));
    }

    static Optional<BigInteger> number(String data) {
        return word(data).map(hex -> new BigInteger(hex.substring(2), HEX_RADIX));
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    static Optional<String> text(String data) {
        List<TypeReference<Type>> string = Utils.convert(List.of(TypeReference.create(Utf8String.class)));
        try {
            return FunctionReturnDecoder.decode(data, string).stream().findFirst().map(Object::toString);
        } catch (RuntimeException notAString) {
            return Optional.empty();
        }
    }

    static Optional<String> revertText(String data) {
        return data.startsWith(ERROR_SELECTOR)
                ? text("0x" + data.substring(ERROR_SELECTOR.length()))
                : Optional.empty();
    }
}
