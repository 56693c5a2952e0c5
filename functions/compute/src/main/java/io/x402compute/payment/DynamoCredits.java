package io.x402compute.payment;

import static io.x402compute.store.Condition.absent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.store.Item;
import io.x402compute.store.Query;
import io.x402compute.store.Table;
import io.x402compute.store.Update;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * Credits in DynamoDB: table {@code credits}, per wallet one item per entry and one with the balance. An entry goes by its
 * order, which is what makes it the only one, and so not by its time: that is the business of an index, which has entries only.
 */
public final class DynamoCredits implements Credits {
    private static final String WALLET = "wallet";
    private static final String ENTRY = "entry";
    private static final String AMOUNT = "amount";
    private static final String DEPOSITED = "deposited";
    private static final String ORDER = "order#";
    private static final String OWNER = "owner";
    private static final String CREATED_AT = "created_at";

    private final Table table;

    public DynamoCredits(Table table) {
        this.table = table;
    }

    @Override
    public void give(Wallet wallet, Usdc amount, OrderId order, String reason, Instant now) {
        Item entry = entry(wallet, order)
                .put(OWNER, wallet.address())
                .put(CREATED_AT, now)
                .put(AMOUNT, amount.micros())
                .put("reason", reason);
        // A conflict is the same entry, given before.
        table.putTogether(entry, absent(WALLET),
                Update.of(balanceOf(wallet)).add(AMOUNT, amount.micros()).add(DEPOSITED, amount.micros()));
    }

    /** Strongly consistent: who has just been told of a credit finds it. */
    @Override
    public Optional<CreditBalance> balance(Wallet wallet) {
        return table.get(balanceOf(wallet))
                .map(item -> new CreditBalance(new Usdc(item.number(AMOUNT)), new Usdc(item.number(DEPOSITED))));
    }

    @Override
    public Page<CreditEntry> entries(Wallet wallet, PageRequest<CreditEntry> wanted) {
        return wanted.from((place, most) -> behind(place, most, wallet),
                entry -> new Place(entry.createdAt(), entry.order().value()));
    }

    private List<CreditEntry> behind(Optional<Place> place, int most, Wallet wallet) {
        Query newest = Query.of(OWNER, wallet.address()).onIndex(OWNER).newestFirst().limit(most);
        Query rows = place.map(last -> newest.after(entry(wallet, new OrderId(last.id()))
                .put(OWNER, wallet.address()).put(CREATED_AT, last.createdAt()))).orElse(newest);
        return table.query(rows).stream().map(DynamoCredits::entry).toList();
    }

    private static Item balanceOf(Wallet wallet) {
        return Item.create().put(WALLET, wallet.address()).put(ENTRY, "balance");
    }

    private static Item entry(Wallet wallet, OrderId order) {
        return Item.create().put(WALLET, wallet.address()).put(ENTRY, ORDER + order);
    }

    private static CreditEntry entry(Item item) {
        return new CreditEntry(OrderId.of(item.text(ENTRY).substring(ORDER.length())), new Usdc(item.number(AMOUNT)),
                item.text("reason"), item.instant(CREATED_AT));
    }
}
