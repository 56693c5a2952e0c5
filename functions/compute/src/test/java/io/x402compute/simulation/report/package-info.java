/** Makes what failed small enough to be read, and writes it down. */
package io.x402compute.simulation.report;
