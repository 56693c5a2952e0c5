/**
 * The chain of the local run: a real EVM with the USDC token where x402 clients look for it. Knows nothing of payments,
 * orders or the template.
 */
package io.x402compute.local.chain;
