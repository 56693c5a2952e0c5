/**
 * The paying side: sends a request, and when a 402 comes back, pays it within the owner's limits, writes that down first, and
 * sends the request again. It knows no prices, goods or sellers, and never asks a chain what became of a payment.
 */
package io.x402compute.x402.client;
