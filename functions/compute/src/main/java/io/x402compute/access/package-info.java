/**
 * Who is calling: requests signed by a wallet, and the nonces that keep one signature from working twice. Says nothing about
 * what the caller may do or buy.
 */
package io.x402compute.access;
