package io.x402compute.payment;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.greater;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.payment.CreditEntry.Kind;
import io.x402compute.store.Item;
import io.x402compute.store.Query;
import io.x402compute.store.Table;
import io.x402compute.store.Transaction;
import io.x402compute.store.Update;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * Credits in DynamoDB: table {@code credits}, per wallet one item per entry and one with the balance. An entry goes by its
 * order and kind, which is what makes it the only one, and so not by its time: that is the business of an index, which has
 * entries only.
 */
public final class DynamoCredits implements Credits {
    private static final String WALLET = "wallet";
    private static final String ENTRY = "entry";
    private static final String AMOUNT = "amount";
    private static final String DEPOSITED = "deposited";
    private static final String ORDER = "order_id";
    private static final String KIND = "kind";
    private static final String REASON = "reason";
    /** Why credit is spent: there is no other way yet. */
    private static final String ORDERED = "order";
    private static final String OWNER = "owner";
    private static final String CREATED_AT = "created_at";

    private final Table table;

    public DynamoCredits(Table table) {
        this.table = table;
    }

    @Override
    public void give(Wallet wallet, Usdc amount, OrderId order, String reason, Instant now) {
        Update more = Update.of(balanceOf(wallet)).add(AMOUNT, amount.micros()).add(DEPOSITED, amount.micros());
        // A conflict is the same entry, given before.
        table.putTogether(item(wallet, new CreditEntry(order, Kind.GIVEN, amount, reason, now)), absent(WALLET), more);
    }

    @Override
    public Spending spend(Wallet wallet, Usdc amount, OrderId order, Instant now) {
        Item entry = item(wallet, new CreditEntry(order, Kind.SPENT, amount, ORDERED, now));
        Update less = Update.of(balanceOf(wallet)).add(AMOUNT, -amount.micros())
                .when(greater(AMOUNT, amount.micros() - 1));
        return switch (table.write(Transaction.create().put(entry, absent(WALLET)).update(less))) {
            case Transaction.Outcome.Written() -> new Spending.Spent();
            // The same entry, made before; checked before the balance, which is lower by it.
            case Transaction.Outcome.Refused(int step, Optional<Item> stored) when step == 0 -> new Spending.Spent();
            case Transaction.Outcome.Refused(int step, Optional<Item> stored) -> new Spending.Insufficient(
                    stored.map(item -> new Usdc(item.number(AMOUNT))).orElse(Usdc.ZERO));
            case Transaction.Outcome.Crossed() -> new Spending.Crossed();
        };
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
                entry -> new Place(entry.createdAt(), entry.id()));
    }

    private List<CreditEntry> behind(Optional<Place> place, int most, Wallet wallet) {
        Query newest = Query.of(OWNER, wallet.address()).onIndex(OWNER).newestFirst().limit(most);
        Query rows = place.map(last -> newest.after(key(wallet, last.id().toString())
                .put(OWNER, wallet.address()).put(CREATED_AT, last.createdAt()))).orElse(newest);
        return table.query(rows).stream().map(DynamoCredits::entry).toList();
    }

    private static Item balanceOf(Wallet wallet) {
        return key(wallet, "balance");
    }

    private static Item key(Wallet wallet, String entry) {
        return Item.create().put(WALLET, wallet.address()).put(ENTRY, entry);
    }

    private static Item item(Wallet wallet, CreditEntry entry) {
        return key(wallet, entry.id().toString())
                .put(OWNER, wallet.address())
                .put(CREATED_AT, entry.createdAt())
                .put(ORDER, entry.order().toString())
                .put(KIND, entry.kind().name())
                .put(AMOUNT, entry.amount().micros())
                .put(REASON, entry.reason());
    }

    private static CreditEntry entry(Item item) {
        return new CreditEntry(OrderId.of(item.text(ORDER)), Kind.valueOf(item.text(KIND)),
                new Usdc(item.number(AMOUNT)), item.text(REASON), item.instant(CREATED_AT));
    }
}
