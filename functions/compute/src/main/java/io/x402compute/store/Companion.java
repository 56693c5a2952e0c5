package io.x402compute.store;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A write that goes together with somebody else's: both happen or neither. Whoever carries it knows neither what it says nor
 * where; nobody at all is a companion, too.
 */
public final class Companion {
    private static final Companion NOBODY = new Companion(Optional.empty(), IllegalStateException::new);

    private final Optional<Step> step;
    private final Supplier<RuntimeException> refusal;

    private record Step(Table table, Update update) {}

    private Companion(Optional<Step> step, Supplier<RuntimeException> refusal) {
        this.step = step;
        this.refusal = refusal;
    }

    public static Companion nobody() {
        return NOBODY;
    }

    /**
     * A change that is to be made together with something else.
     *
     * @param refusal what is thrown where it is this change whose condition does not hold
     */
    public static Companion of(Table table, Update update, Supplier<RuntimeException> refusal) {
        return new Companion(Optional.of(new Step(table, update)), refusal);
    }

    public boolean isNobody() {
        return step.isEmpty();
    }

    /** The transaction with this at its end. */
    public Transaction join(Transaction transaction) {
        step.ifPresent(own -> transaction.update(own.table(), own.update()));
        return transaction;
    }

    public RuntimeException refusal() {
        return refusal.get();
    }
}
