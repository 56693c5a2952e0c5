package io.x402compute.local.chain;

import java.math.BigInteger;

/** As much of the contract ABI as the local chain needs: calls whose arguments are one word each, in hexadecimal. */
final class Abi {
    static final String BALANCE_OF = "0x70a08231";
    /** {@code mint(address,uint256)}. */
    static final String MINT = "0x40c10f19";
    /** {@code transfer(address,uint256)}. */
    static final String TRANSFER = "0xa9059cbb";
    /** {@code createAccount(address,uint256)}. */
    static final String CREATE_ACCOUNT = "0x5fbfb9cf";
    /** {@code getAddress(address,uint256)}. */
    static final String GET_ADDRESS = "0x8cb84e18";
    /** What the code of a delegated account starts with; the delegate's address follows (EIP-7702). */
    static final String DELEGATION = "0xef0100";

    static final int ADDRESS_DIGITS = 40;
    private static final int WORD_DIGITS = 64;

    private Abi() {}

    /** A function's selector and its arguments. */
    static String call(String selector, String... arguments) {
        return selector + words(arguments);
    }

    /** The arguments, one word each, without {@code 0x}. */
    static String words(String... arguments) {
        StringBuilder words = new StringBuilder();
        for (String argument : arguments) {
            words.append(word(argument));
        }
        return words.toString();
    }

    /** An address or number in hexadecimal, with or without {@code 0x}, as a word. */
    static String word(String value) {
        String digits = value.startsWith("0x") ? value.substring(2) : value;
        return "0".repeat(WORD_DIGITS - digits.length()) + digits;
    }

    static String word(long value) {
        return word(Long.toHexString(value));
    }

    /** The number behind {@code 0x}; it has to fit. */
    static long longValue(String hex) {
        return new BigInteger(hex.substring(2), 16).longValueExact();
    }
}
