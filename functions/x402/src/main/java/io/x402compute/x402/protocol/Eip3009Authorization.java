package io.x402compute.x402.protocol;

import java.math.BigInteger;

/**
 * An EIP-3009 {@code TransferWithAuthorization}, decoded and range-checked but not verified.
 *
 * @param from the payer, {@code 0x} and 40 lower-case hex digits
 * @param to the receiver, same form
 * @param value atomic units, an unsigned 256-bit number
 * @param validAfter Unix seconds; the transfer is possible strictly after it
 * @param validBefore Unix seconds; the transfer is possible strictly before it
 * @param nonce {@code 0x} and 64 lower-case hex digits, chosen by the payer, usable once per payer and token
 */
public record Eip3009Authorization(
        String from, String to, BigInteger value, BigInteger validAfter, BigInteger validBefore, String nonce) {}
