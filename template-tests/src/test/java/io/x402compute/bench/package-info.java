/**
 * Measurements that are ratios: every contender runs on the same machine in the same minutes, taking turns, so that a busy machine is
 * equally busy for all. They assert no time, and run only where they are asked for.
 */
package io.x402compute.bench;
