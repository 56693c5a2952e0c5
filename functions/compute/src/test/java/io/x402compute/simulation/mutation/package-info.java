/** Deliberate faults in the code under test, each of which some check has to find: or the checks prove nothing. */
package io.x402compute.simulation.mutation;
