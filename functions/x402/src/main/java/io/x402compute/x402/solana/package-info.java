/** The rules of Solana: base58 addresses and Ed25519 signatures. */
package io.x402compute.x402.solana;
