package io.x402compute.order;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.x402compute.instance.FailureReason;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.payment.Claim;

/** Why an order is given back whole: there is no other reason. */
public enum RefundReason {
    NO_CAPACITY(FailureReason.NO_CAPACITY.code(), Orders.ABOUT_MACHINES,
            "the provider has no such machine left in that region"),
    PROVIDER_REFUSED(FailureReason.PROVIDER_REFUSED.code(), Orders.ABOUT_MACHINES,
            "the provider refuses to make the machine"),
    PROVIDER_UNAUTHORIZED(FailureReason.PROVIDER_UNAUTHORIZED.code(), Orders.ABOUT_MACHINES,
            "the provider does not take our orders"),
    BOOT_TIMEOUT(FailureReason.BOOT_TIMEOUT.code(), Orders.ABOUT_MACHINES,
            "the machine is not up " + seconds(InstanceCreator.BOOT_DEADLINE) + " after it was made"),
    MACHINE_VANISHED(FailureReason.MACHINE_VANISHED.code(), Orders.ABOUT_MACHINES,
            "the machine is gone before it was up"),
    NOT_DELIVERED("not_delivered", Orders.ABOUT_MACHINES, "the machine fails before it was up for any other reason"),
    LEASE_OVER("lease_over", Orders.OF_TIME,
            "the machine was at its end by the time its extension was paid"),
    PREPAID_LIMIT_EXCEEDED("prepaid_limit_exceeded", Orders.OF_TIME,
            "another extension was paid first, and with both the lease would be longer than any may be"),
    RUN_FAILED(Claim.RUN_FAILED, Orders.OF_RUNS, "the run fails, and was paid before, or by somebody else"),
    PRICE_CHANGED("price_changed", Orders.ALL,
            "the transfer was made before it was presented, for an amount that is not asked any more"),
    NOT_FOR_SALE("not_for_sale", Orders.ALL,
            "the transfer was made before it was presented, for what is not sold any more"),
    SETTLED_AFTER_REFUSAL(Claim.SETTLED_AFTER_REFUSAL, Orders.ALL,
            "the transfer was made after the payer had been told that it was refused");

    private final String code;
    private final Orders orders;
    private final String when;

    RefundReason(String code, Orders orders, String when) {
        this.code = code;
        this.orders = orders;
        this.when = when;
    }

    /** Why an order for a machine that failed with this code is given back. */
    static RefundReason ofFailure(String failure) {
        return Arrays.stream(values()).filter(reason -> reason.code.equals(failure)).findFirst()
                .orElse(NOT_DELIVERED);
    }

    /** As it is stored with the order and told to its payer. */
    public String code() {
        return code;
    }

    /** Which orders it can happen to. */
    public List<OrderKind> orders() {
        return orders.kinds();
    }

    /** For people. */
    public String when() {
        return when;
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " seconds";
    }

    private enum Orders {
        /** Time for a machine that never comes up is owed back with it. */
        ABOUT_MACHINES, OF_TIME, OF_RUNS, ALL;

        List<OrderKind> kinds() {
            return switch (this) {
                case ABOUT_MACHINES -> List.of(OrderKind.PROVISION, OrderKind.EXTEND);
                case OF_TIME -> List.of(OrderKind.EXTEND);
                case OF_RUNS -> List.of(OrderKind.RUN);
                case ALL -> List.of(OrderKind.values());
            };
        }
    }
}
