/** Time and turns: actors of whom exactly one runs at any moment, all of them on one thread, in an order that a seed decides. */
package io.x402compute.simulation.schedule;
