/**
 * Whole lives of the shop, simulated: the real classes of {@code order}, {@code payment} and {@code instance}, run logically in one
 * thread against a world in memory in which whatever can go wrong does. A life follows from its seed alone, so one that breaks an
 * invariant can be lived again.
 *
 * <p>Rooms: {@code schedule} says who goes on when; {@code world} is everything outside the code under test; {@code actor} is who
 * acts in it; {@code check} judges from the outside; {@code report} makes a failure small and readable; {@code mutation} proves that
 * the checks bite.
 */
package io.x402compute.simulation;
