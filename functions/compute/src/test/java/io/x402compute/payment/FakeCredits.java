package io.x402compute.payment;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.payment.CreditEntry.Kind;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Credits in memory: an order is entered once. */
public final class FakeCredits implements Credits {
    private record Entered(Wallet wallet, CreditEntry entry) {}

    private final Map<UUID, Entered> entered = new LinkedHashMap<>();
    private int crossed;

    @Override
    public void give(Wallet wallet, Usdc amount, OrderId order, String reason, Instant now) {
        enter(wallet, new CreditEntry(order, Kind.GIVEN, amount, reason, now));
    }

    @Override
    public Spending spend(Wallet wallet, Usdc amount, OrderId order, Instant now) {
        CreditEntry entry = new CreditEntry(order, Kind.SPENT, amount, "order", now);
        Usdc available = owed(wallet);
        if (crossed > 0) {
            crossed--;
            return new Spending.Crossed();
        }
        if (!entered.containsKey(entry.id()) && available.compareTo(amount) < 0) {
            return new Spending.Insufficient(available);
        }
        enter(wallet, entry);
        return new Spending.Spent();
    }

    @Override
    public Optional<CreditBalance> balance(Wallet wallet) {
        return newestFirst(wallet).isEmpty()
                ? Optional.empty()
                : Optional.of(new CreditBalance(owed(wallet), sum(wallet, Kind.GIVEN)));
    }

    @Override
    public Page<CreditEntry> entries(Wallet wallet, PageRequest<CreditEntry> wanted) {
        return wanted.from((place, most) -> newestFirst(wallet).stream()
                .dropWhile(entry -> place.isPresent() && !placeOf(entry).equals(place.get()))
                .skip(place.isPresent() ? 1 : 0).limit(most).toList(), FakeCredits::placeOf);
    }

    /** Others are writing the same balances whenever the next so many orders are to be paid. */
    public void crossed(int times) {
        crossed = times;
    }

    /** What a wallet has left. */
    public Usdc owed(Wallet wallet) {
        return sum(wallet, Kind.GIVEN).minus(sum(wallet, Kind.SPENT));
    }

    /** What an order was given; empty if nothing. */
    public Optional<Usdc> given(OrderId order) {
        return Optional.ofNullable(entered.get(CreditEntry.id(Kind.GIVEN, order))).map(one -> one.entry().amount());
    }

    private void enter(Wallet wallet, CreditEntry entry) {
        entered.putIfAbsent(entry.id(), new Entered(wallet, entry));
    }

    private Usdc sum(Wallet wallet, Kind kind) {
        return newestFirst(wallet).stream().filter(entry -> entry.kind() == kind).map(CreditEntry::amount)
                .reduce(Usdc.ZERO, Usdc::plus);
    }

    private List<CreditEntry> newestFirst(Wallet wallet) {
        return entered.values().stream().filter(one -> one.wallet().equals(wallet)).map(Entered::entry)
                .sorted(Comparator.comparing(CreditEntry::createdAt).reversed()).toList();
    }

    private static Place placeOf(CreditEntry entry) {
        return new Place(entry.createdAt(), entry.id());
    }
}
