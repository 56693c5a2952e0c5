package io.x402compute.payment;

/**
 * What a payment is bound to, for good: the order and the exact request it pays for. The ledger compares the fingerprint and
 * hands the rest back untouched.
 *
 * @param orderId the one order this payment buys
 * @param kind what sort of purchase it is, for whoever delivers it
 * @param subject the id of the thing bought or extended
 * @param fingerprint SHA-256 of method, path and the parsed request: the same payment with another fingerprint is a conflict
 * @param request the parsed request as JSON text, all that delivery needs after a crash
 */
public record OrderBinding(OrderId orderId, String kind, String subject, String fingerprint, String request) {}
