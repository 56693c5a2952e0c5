/**
 * The ledger: which payment has been claimed for which order, how far its settlement has come, and what is owed back. Knows
 * nothing of what was bought.
 */
package io.x402compute.payment;
