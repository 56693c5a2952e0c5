package io.x402compute.simulation.actor;

import java.util.Optional;

import io.x402compute.inference.Job;
import io.x402compute.inference.JobState;
import io.x402compute.instance.Instance;
import io.x402compute.order.CheckoutResult;
import io.x402compute.payment.Claim;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.Usdc;

/** What a client hears. */
public sealed interface Answer {

    /** The function died, or the gateway gave up. */
    record Silence() implements Answer {}

    /** An error in the one shape that errors have. */
    record Refused(int status, String code) implements Answer {}

    /** It has to be paid first. */
    record Challenge(String error, Usdc amount) implements Answer {}

    /**
     * The order that this payment has bought.
     *
     * @param status as the handlers render the state
     */
    record Order(int status, OrderId id, String subject, PaymentState state) implements Answer {

        /** Whether the buyer has, or is about to have, what was paid for. */
        public boolean isDelivered() {
            return status == 200;
        }
    }

    /** As {@code PaymentExchange} renders it; 200 stands for 201, too. */
    static Answer of(CheckoutResult result) {
        return switch (result) {
            case CheckoutResult.Challenged challenged -> new Challenge(challenged.challenge().error(),
                    challenged.challenge().accepts().getFirst().amount());
            case CheckoutResult.Insufficient _ -> new Refused(402, "insufficient_credits");
            case CheckoutResult.Ordered(Claim claim, Optional<Instance> _, Optional<Job> job, boolean _) ->
                new Order(status(claim, job), claim.order().orderId(),
                        claim.order().subject(), claim.state());
        };
    }

    private static int status(Claim claim, Optional<Job> job) {
        boolean toCome = claim.state() == PaymentState.SETTLED
                && job.filter(run -> run.state() != JobState.COMPLETED).isPresent();
        return toCome ? 202 : status(claim.state());
    }

    private static int status(PaymentState state) {
        return switch (state) {
            case CLAIMED, RUNNING, RAN, SETTLING, SETTLE_UNKNOWN -> 202;
            case RUN_FAILED -> 502;
            case SETTLE_REFUSED -> 402;
            case SETTLED, FULFILLED -> 200;
            case REFUND_DUE, CREDITED, REFUNDING, REFUND_UNKNOWN, REFUNDED -> 503;
        };
    }
}
