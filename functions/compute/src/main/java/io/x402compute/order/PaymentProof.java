package io.x402compute.order;

import java.util.Optional;

import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Wallet;

/**
 * Somebody's word that a transaction has paid for a request.
 *
 * @param from who is said to have paid, where anybody is
 */
public record PaymentProof(TransactionId transaction, Optional<Wallet> from) {}
