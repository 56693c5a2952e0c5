/** Asking a chain's node over JSON-RPC, whichever chain it is of. What its answers mean is for the rooms of the chains. */
package io.x402compute.x402.node;
