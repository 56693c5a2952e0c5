package io.x402compute.order;

import java.time.Duration;
import java.util.List;

import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.UnusedTime;

/** What the rules say besides why an order is given back whole, which is {@link RefundReason}. */
public final class RefundPolicy {
    /** Why part of an order is given back whose machine ended before its time, a machine code. */
    public static final String UNUSED_TIME = UnusedTimeCredit.REASON;
    /** The orders whose time it may be. */
    public static final List<OrderKind> ORDERS_OF_TIME = List.of(OrderKind.PROVISION, OrderKind.EXTEND);
    /** Why part of an order is given back that was asked the most it could cost, a machine code. */
    public static final String UNUSED_CEILING = RunFulfilment.REASON;
    /** The orders that it may be. */
    public static final List<OrderKind> METERED_ORDERS = List.of(OrderKind.RUN);
    /** Only whole ones of these are given back. */
    public static final Duration UNIT = UnusedTime.UNIT;
    /** As much counts as used, however soon a machine ends. */
    public static final Duration LEAST_USED = UnusedTime.LEAST_USED;
    /** From the time that the provider made the machine. */
    public static final Duration BOOT_DEADLINE = InstanceCreator.BOOT_DEADLINE;
    /** How long a machine outlives its end for an extension that was claimed in time. */
    public static final Duration EXTENSION_GRACE = Instance.EXTENSION_GRACE;
    /** How long after its {@code validBefore} a refused transfer is looked for once more. */
    public static final Duration LATE_TRANSFER = OrderAdvancer.CHAIN_CLOCK_MARGIN;
    /** What is kept whatever happens, for people. */
    public static final List<String> NEVER = List.of("credit that was bought, as money: it is spent here",
            "time that a machine was up", "time up to the end of a lease that ran out", "network fees of the payer");

    private RefundPolicy() {}
}
