/**
 * The life of a machine: created once, observed until it is up, expired or destroyed, and never forgotten at the provider.
 * Knows nothing of payments: it is told how many hours were bought.
 */
package io.x402compute.instance;
