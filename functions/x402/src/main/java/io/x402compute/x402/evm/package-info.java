/**
 * The rules of EVM chains: EIP-712 digests, EIP-3009 authorizations, permits of Permit2, who signed, what the token
 * contract would say, and the transactions that settle. Knows nothing of what is sold.
 */
package io.x402compute.x402.evm;
