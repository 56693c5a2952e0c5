/**
 * What a client's {@code Idempotency-Key} stands for: the one request of its wallet that was first sent with it, and the answer
 * to that. Knows nothing of what requests do; what they do to the ledger is bound to a key by whoever keeps the ledger.
 */
package io.x402compute.idempotency;
