package io.x402compute.payment;

import static io.x402compute.store.Condition.absent;
import static io.x402compute.store.Condition.greater;
import static io.x402compute.store.Condition.less;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.x402compute.store.Conditional;
import io.x402compute.store.Item;
import io.x402compute.store.Table;
import io.x402compute.store.Update;
import io.x402compute.x402.facilitator.SignerNonces;

/**
 * Transaction numbers counted in one item per signer of table {@code payments}: one atomic write hands one out, however many
 * functions ask at once. The chain's own count is a floor, for an account that was used before or elsewhere.
 */
public final class DynamoSignerNonces implements SignerNonces, TakenNumbers {
    private static final String NEXT = "next";

    private static final String WAITED_FOR = "waited_for";
    private static final String SINCE = "since";

    private final Table payments;
    private final Clock clock;

    public DynamoSignerNonces(Table payments, Clock clock) {
        this.payments = payments;
        this.clock = clock;
    }

    @Override
    public long next(String signer, long chainCount) {
        while (true) {
            Update count = Update.of(key(signer)).add(NEXT, 1).when(greater(NEXT, chainCount - 1));
            if (payments.update(count) instanceof Conditional.Written(Item counted)) {
                return counted.number(NEXT) - 1;
            }
            Update jump = Update.of(key(signer)).set(NEXT, chainCount + 1)
                    .when(absent(NEXT).or(less(NEXT, chainCount)));
            if (payments.update(jump) instanceof Conditional.Written) {
                return chainCount;
            }
        }
    }

    @Override
    public Optional<Instant> waitedForSince(String signer, long number) {
        return payments.get(key(signer)).filter(item -> item.number(NEXT) > number).map(item -> {
            if (item.has(WAITED_FOR) && item.number(WAITED_FOR) == number) {
                return item.instant(SINCE);
            }
            Instant now = clock.instant();
            payments.update(Update.of(key(signer)).set(WAITED_FOR, number).set(SINCE, now));
            return now;
        });
    }

    private static Item key(String signer) {
        return Item.create().put(DynamoPaymentLedger.KEY, "signer/" + signer);
    }
}
