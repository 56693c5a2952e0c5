/**
 * Solana as x402 uses it: addresses, signatures, transactions and the one shape of them that is a payment, the node. Knows
 * nothing of wire formats or offers.
 */
package io.x402compute.x402.solana;
