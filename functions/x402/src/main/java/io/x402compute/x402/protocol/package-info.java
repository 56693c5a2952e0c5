/**
 * The x402 wire formats, versions 1 and 2 side by side: what a 402 says, what a payment header holds, what a settlement
 * answers. No signatures are checked and nothing is sent here.
 */
package io.x402compute.x402.protocol;
