/**
 * Judges a history by the invariants of the design, from the outside: by the chain's balances, the provider's machines and their
 * bill, what clients were told, the credits, and the events. Each check bears the name of its rule.
 */
package io.x402compute.simulation.check;
