package io.x402compute.payment;

import java.util.List;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.store.Item;
import io.x402compute.store.Query;
import io.x402compute.store.Table;
import io.x402compute.x402.protocol.Wallet;

/**
 * The orders of table {@code payments} by an index of its keys alone: an entry is written when an order is placed and never
 * again. Ids of orders begin with their time, so that the index is both by id and by age.
 */
public final class DynamoOrderBook implements OrderBook {
    private static final String KEY = DynamoPaymentLedger.KEY;

    private final Table payments;

    public DynamoOrderBook(Table payments) {
        this.payments = payments;
    }

    @Override
    public Optional<Claim> find(Wallet payer, OrderId order) {
        return payments.query(of(payer).at(ClaimItems.ORDER_ID, order.toString())).stream()
                .flatMap(entry -> payments.get(key(entry)).stream()).map(ClaimItems::read).findFirst();
    }

    @Override
    public Page<Claim> paidBy(Wallet payer, PageRequest<Claim> wanted) {
        return wanted.from((place, most) -> behind(place, most, payer),
                claim -> new Place(claim.claimedAt(), claim.order().orderId().value()));
    }

    private List<Claim> behind(Optional<Place> place, int most, Wallet payer) {
        Query newest = of(payer).newestFirst().limit(most);
        Query rows = place.map(last -> newest.before(ClaimItems.ORDER_ID, last.id().toString())).orElse(newest);
        return payments.getAllEventually(payments.query(rows).stream().map(DynamoOrderBook::key).toList()).stream()
                .map(ClaimItems::read).toList();
    }

    private static Query of(Wallet payer) {
        return Query.of(ClaimItems.OWNER, payer.address()).onIndex(ClaimItems.OWNER);
    }

    private static Item key(Item entry) {
        return Item.create().put(KEY, entry.text(KEY));
    }
}
