package io.x402compute.x402.solana;

import java.util.Optional;

/**
 * What a payment has to be.
 *
 * @param mint the token
 * @param payTo the owner who receives it; the money goes to the token account derived from that
 * @param micros atomic units, exactly
 * @param feePayer who pays the fees, as offered
 * @param memo the text of its only memo, where one is asked for
 */
public record TransferTerms(String mint, String payTo, long micros, String feePayer, Optional<String> memo) {}
