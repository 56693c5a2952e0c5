/** A small HTTP API for people to move the clock, fire schedules and look inside while the local run is up. */
package io.x402compute.local.control;
