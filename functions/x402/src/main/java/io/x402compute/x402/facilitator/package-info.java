/**
 * Who verifies a payment and who moves the money: behind one interface, somebody else's facilitator over HTTP or our own
 * on the chain. Every answer is a type, and "don't know" is one of them.
 */
package io.x402compute.x402.facilitator;
