package io.x402compute.x402.protocol;

import java.util.HexFormat;
import java.util.Locale;

/** Hexadecimal text with the {@code 0x} that EVM tools put before it. */
public final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();
    private static final String PREFIX = "0x";

    private Hex() {}

    /** {@code 0x} and two lower-case digits per byte. */
    public static String of(byte[] bytes) {
        return PREFIX + FORMAT.formatHex(bytes);
    }

    /**
     * The bytes of {@code 0x…} text.
     *
     * @throws IllegalArgumentException without the prefix, with an odd number of digits, or with another character
     */
    public static byte[] bytes(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("no 0x prefix");
        }
        return FORMAT.parseHex(text, PREFIX.length(), text.length());
    }

    /** Whether it is {@code 0x} and two digits of any case for each of that many bytes. */
    public static boolean isBytes(String text, int count) {
        return text.length() == PREFIX.length() + 2 * count && isBytes(text);
    }

    /** Whether it is {@code 0x} and two digits of any case for each of any number of bytes. */
    public static boolean isBytes(String text) {
        if (!text.startsWith(PREFIX) || text.length() % 2 != 0) {
            return false;
        }
        for (int i = PREFIX.length(); i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    public static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
