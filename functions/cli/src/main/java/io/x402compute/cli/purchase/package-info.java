/**
 * Whatever must happen once: purchases, for USDC or for credit, and answers that are shown once. Each is written down under a
 * name before it is sent, and goes on under that name when the same is asked for again.
 */
package io.x402compute.cli.purchase;
