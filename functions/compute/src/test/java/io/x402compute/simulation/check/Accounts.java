package io.x402compute.simulation.check;

import java.util.List;
import java.util.stream.Stream;

import io.x402compute.inference.Work;
import io.x402compute.order.OrderKind;
import io.x402compute.order.OrderedRun;
import io.x402compute.page.PageRequest;
import io.x402compute.payment.Claim;
import io.x402compute.payment.CreditEntry;
import io.x402compute.payment.CreditEntry.Kind;
import io.x402compute.simulation.actor.Cast;
import io.x402compute.simulation.world.World;
import io.x402compute.x402.protocol.Wallet;

/** The credits as their owners see them. */
final class Accounts {
    private static final int ALL = 1000;

    private Accounts() {}

    static List<CreditEntry> entries(World world, Wallet wallet) {
        return world.credits().entries(wallet, PageRequest.newest(ALL)).rows();
    }

    static Stream<CreditEntry> all(World world, Kind kind) {
        return Cast.wallets().stream().flatMap(wallet -> entries(world, wallet).stream())
                .filter(entry -> entry.kind() == kind);
    }

    static List<CreditEntry> given(World world, Claim claim) {
        return all(world, Kind.GIVEN).filter(entry -> entry.order().equals(claim.order().orderId())).toList();
    }

    static boolean isRun(Claim claim) {
        return OrderKind.of(claim) == OrderKind.RUN;
    }

    /** Whether it is a run that comes before its money. */
    static boolean isRunFirst(Claim claim) {
        return isRun(claim) && claim.payment().isPresent() && OrderedRun.of(claim).work() == Work.BOUNDED;
    }

    static long sum(Stream<CreditEntry> entries) {
        return entries.mapToLong(entry -> entry.amount().micros()).sum();
    }
}
