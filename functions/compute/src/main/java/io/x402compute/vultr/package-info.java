/**
 * The provider's API (Vultr v2) as a client sees it: its words, its answers, its failures. What they mean for an order, a
 * price or a customer is decided above; nothing here knows our ledger.
 */
package io.x402compute.vultr;
