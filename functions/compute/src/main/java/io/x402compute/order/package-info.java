/**
 * Joins payment and delivery: what is sold and for how much, the checkout of a paid request, and the one class that takes an
 * order forward from whatever state it is in.
 */
package io.x402compute.order;
