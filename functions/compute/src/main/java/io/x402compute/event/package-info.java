/**
 * Domain events: facts that other systems may care about. A room stores the events of a change in the very write that makes
 * the change, and they are published from there at least once. What an event means is known by the room that makes it.
 */
package io.x402compute.event;
