package io.x402compute.inference.model;

import java.math.BigDecimal;

import io.x402compute.inference.Meter;
import io.x402compute.inference.Usage;

/**
 * What an upstream charges for a model.
 *
 * @param input US dollars for a token that it reads
 * @param output US dollars for a token that it writes
 */
public record TokenPrice(BigDecimal input, BigDecimal output) {

    /** US dollars, exact. */
    public BigDecimal of(Usage usage) {
        return input.multiply(BigDecimal.valueOf(usage.of(Meter.INPUT_TOKENS)))
                .add(output.multiply(BigDecimal.valueOf(usage.of(Meter.OUTPUT_TOKENS))));
    }
}
