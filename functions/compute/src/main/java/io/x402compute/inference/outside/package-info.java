/** Addresses that callers name: which of them may be asked for anything, and what is there. */
package io.x402compute.inference.outside;
