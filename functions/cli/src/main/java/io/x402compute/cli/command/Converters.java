package io.x402compute.cli.command;

import java.math.BigDecimal;
import java.util.regex.Pattern;

import picocli.CommandLine.TypeConversionException;

import io.x402compute.x402.protocol.Usdc;

/** What people type for the types of flags. */
final class Converters {
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,6})?");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,48}");

    private Converters() {}

    static Usdc usdc(String text) {
        if (!AMOUNT.matcher(text).matches()) {
            throw new TypeConversionException("'%s' is no amount of USDC, such as 5 or 1.70".formatted(text));
        }
        return Usdc.roundedUp(new BigDecimal(text));
    }

    /** An id becomes part of a path, and must be no more than that; and shorter than any key that was typed by mistake. */
    static Id id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new TypeConversionException("'%s' is no id".formatted(text));
        }
        return new Id(text);
    }
}
