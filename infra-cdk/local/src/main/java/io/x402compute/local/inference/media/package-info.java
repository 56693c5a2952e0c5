/**
 * Pictures, sound, film and documents, small but real: every player opens them, and what was asked for can be read back out of
 * them. Knows nothing of who asks.
 */
package io.x402compute.local.inference.media;
