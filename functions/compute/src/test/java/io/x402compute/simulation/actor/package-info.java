/** Who acts: clients of the API, the schedules, strangers and operators. What clients are told is written down as they hear it. */
package io.x402compute.simulation.actor;
