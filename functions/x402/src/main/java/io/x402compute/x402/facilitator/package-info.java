/**
 * Who verifies a payment and who moves the money: behind one interface, somebody else's facilitator over HTTP, our own on the
 * chain, or several in order of preference. Every answer is a type, and "don't know" is one of them.
 *
 * <p>What moves nothing is asked again and, of several facilitators, asked of the next: what they support, and whether a payment would
 * settle. A settlement is sent once, and again only by whoever has read the chain in between, to the one facilitator that its
 * {@link io.x402compute.x402.facilitator.SettlementHandle} names.
 */
package io.x402compute.x402.facilitator;
