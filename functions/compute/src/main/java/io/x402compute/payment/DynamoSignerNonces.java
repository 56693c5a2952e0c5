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

    private static final String TAKEN_AT = "taken_at";

    private final Table payments;
    private final Clock clock;

    public DynamoSignerNonces(Table payments, Clock clock) {
        this.payments = payments;
        this.clock = clock;
    }

    @Override
    public long next(String signer, long chainCount) {
        while (true) {
            Update count = counter(signer).add(NEXT, 1).when(greater(NEXT, chainCount - 1));
            if (payments.update(count) instanceof Conditional.Written(Item counted)) {
                return counted.number(NEXT) - 1;
            }
            Update jump = counter(signer).set(NEXT, chainCount + 1).when(absent(NEXT).or(less(NEXT, chainCount)));
            if (payments.update(jump) instanceof Conditional.Written) {
                return chainCount;
            }
        }
    }

    @Override
    public Optional<Instant> lastTaken(String signer, long fromNumber) {
        return payments.get(key(signer)).filter(item -> item.number(NEXT) > fromNumber)
                .map(item -> item.instant(TAKEN_AT));
    }

    private Update counter(String signer) {
        return Update.of(key(signer)).set(TAKEN_AT, clock.instant());
    }

    private static Item key(String signer) {
        return Item.create().put(DynamoPaymentLedger.KEY, "signer/" + signer);
    }
}
