package io.x402compute.x402.protocol;

import java.math.BigInteger;

/**
 * A Permit2 {@code PermitWitnessTransferFrom}, decoded and range-checked but not verified. Addresses are {@code 0x} and
 * 40 lower-case hex digits, numbers unsigned and of 256 bits.
 *
 * @param from the payer
 * @param token what is transferred
 * @param amount of it, in atomic units
 * @param spender the only contract that may use the permit
 * @param nonce chosen by the payer, usable once per payer, whatever the token and in any order
 * @param deadline Unix seconds; the last one in which the transfer is possible
 * @param to the receiver, which the payer's signature tells the spender
 * @param validAfter Unix seconds, likewise; the first one in which the transfer is possible
 */
public record Permit2Authorization(String from, String token, BigInteger amount, String spender, BigInteger nonce,
        BigInteger deadline, String to, BigInteger validAfter) {}
