package io.x402compute.payment;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Credits in memory: an order is entered once. */
public final class FakeCredits implements Credits {
    private record Given(Wallet wallet, CreditEntry entry) {}

    private final Map<OrderId, Given> given = new LinkedHashMap<>();

    @Override
    public void give(Wallet wallet, Usdc amount, OrderId order, String reason, Instant now) {
        given.putIfAbsent(order, new Given(wallet, new CreditEntry(order, amount, reason, now)));
    }

    @Override
    public Optional<CreditBalance> balance(Wallet wallet) {
        return newestFirst(wallet).isEmpty()
                ? Optional.empty()
                : Optional.of(new CreditBalance(owed(wallet), owed(wallet)));
    }

    @Override
    public Page<CreditEntry> entries(Wallet wallet, PageRequest<CreditEntry> wanted) {
        return wanted.from((place, most) -> newestFirst(wallet).stream()
                .dropWhile(entry -> place.isPresent() && !placeOf(entry).equals(place.get()))
                .skip(place.isPresent() ? 1 : 0).limit(most).toList(), FakeCredits::placeOf);
    }

    public Usdc owed(Wallet wallet) {
        return newestFirst(wallet).stream().map(CreditEntry::amount).reduce(Usdc.ZERO, Usdc::plus);
    }

    private List<CreditEntry> newestFirst(Wallet wallet) {
        return given.values().stream().filter(one -> one.wallet().equals(wallet)).map(Given::entry)
                .sorted(Comparator.comparing(CreditEntry::createdAt).reversed()).toList();
    }

    private static Place placeOf(CreditEntry entry) {
        return new Place(entry.createdAt(), entry.order().value());
    }
}
