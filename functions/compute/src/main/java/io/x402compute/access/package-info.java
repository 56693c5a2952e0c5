/**
 * Who is calling: requests signed by a wallet, wallets that sign in, the nonces that keep one signature from working twice, and the
 * API keys that a wallet made. Says nothing about what the caller may do or buy.
 */
package io.x402compute.access;
