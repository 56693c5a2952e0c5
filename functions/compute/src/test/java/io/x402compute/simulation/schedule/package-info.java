/** Time and turns: actors of whom exactly one runs at any moment, each on a virtual thread, in an order that a seed decides. */
package io.x402compute.simulation.schedule;
