/**
 * The chains of the local run: a real EVM and a real Solana VM, with USDC where x402 clients look for it. Knows nothing of payments,
 * orders or the template.
 */
package io.x402compute.local.chain;
