package io.x402compute.payment;

import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** What an order is paid with. */
public sealed interface Tender {

    /** Whose money it is, and so whose the order is. */
    Wallet payer();

    Usdc amount();

    /** USDC that its payer has signed away. */
    record Transfer(Payment payment) implements Tender {
        @Override
        public Wallet payer() {
            return new Wallet(payment.payer());
        }

        @Override
        public Usdc amount() {
            return payment.requirements().amount();
        }
    }

    /**
     * USDC that its payer has moved without anything signed for us, which the chain has shown.
     *
     * @param terms what it is as an offer, its amount included
     * @param transaction in which it was moved
     */
    record Proof(Wallet payer, PaymentRequirements terms, String transaction) implements Tender {
        @Override
        public Usdc amount() {
            return terms.amount();
        }
    }

    /** What its payer was given back or has deposited here before. */
    record Credit(Wallet payer, Usdc amount) implements Tender {}
}
