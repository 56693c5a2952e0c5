package io.x402compute.simulation.check;

import java.util.stream.Stream;

import io.x402compute.instance.InstanceId;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.simulation.world.World;

/** Orders that nobody has asked for at the moment. */
final class AutoExtended {
    private static final String KEY = "auto-extend/";

    private AutoExtended() {}

    static boolean isOne(Claim claim) {
        return claim.key().value().startsWith(KEY);
    }

    static Stream<Claim> of(World world, InstanceId instance) {
        return world.ledger().all().stream()
                .filter(claim -> isOne(claim) && claim.order().subject().equals(instance.toString()));
    }

    /** Micro-USDC of all that have come to something, or may. */
    static long cost(World world, InstanceId instance) {
        return of(world, instance).filter(claim -> switch (claim.state()) {
            case CLAIMED, RUNNING, RAN, SETTLING, SETTLE_UNKNOWN, SETTLED, FULFILLED -> true;
            case SETTLE_REFUSED, RUN_FAILED, REFUND_DUE, REFUNDING, REFUND_UNKNOWN, REFUNDED, CREDITED -> false;
        }).mapToLong(claim -> claim.amount().micros()).sum();
    }

    /** Micro-USDC of those that have lengthened its lease. */
    static long spent(World world, InstanceId instance) {
        return of(world, instance).filter(claim -> claim.state() == PaymentState.FULFILLED)
                .mapToLong(claim -> claim.amount().micros()).sum();
    }
}
