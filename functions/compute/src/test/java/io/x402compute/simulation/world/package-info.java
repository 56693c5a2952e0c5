/**
 * Everything outside the code under test: tables, chain, facilitator, provider, catalogue and event bus, in memory, with the
 * semantics of the real ones and with all their faults. Whatever happens here is open to the checks.
 */
package io.x402compute.simulation.world;
