package io.x402compute.metric;

import java.util.Locale;

/**
 * Everything that is measured. A number is of a whole deployment, never of a wallet or a machine: it says that something is
 * stuck, and the tables say what. Each costs some 30 cents a month, so there is none without an alarm but those that
 * accompany one.
 */
public enum Metric {
    /** Runs of a schedule that came to their end, successful or not. */
    RUNS(Unit.COUNT),

    /** Age of the oldest payment that is claimed and has not begun to settle. */
    OLDEST_UNSETTLED_CLAIM(Unit.SECONDS),
    /** Age of the oldest payment of which nobody can say yet whether it was settled. */
    OLDEST_UNKNOWN_SETTLEMENT(Unit.SECONDS),
    /** Age of the oldest payment that was settled and has bought nothing so far. */
    OLDEST_UNDELIVERED_ORDER(Unit.SECONDS),
    UNDELIVERED_ORDERS(Unit.COUNT),
    /** Orders that are neither delivered, nor given back, nor refused. */
    UNFINISHED_ORDERS(Unit.COUNT),
    /** Age of the oldest payment that is owed back. */
    OLDEST_OPEN_REFUND(Unit.SECONDS),
    OPEN_REFUNDS(Unit.COUNT),
    /** What is owed back, in USDC. */
    OPEN_REFUND_AMOUNT(Unit.NONE),
    /** Age of the oldest event of an order that is not known to be on the bus. */
    OLDEST_ORDER_EVENT(Unit.SECONDS),

    /** How long the longest ended lease is over whose machine nobody has begun to end. */
    OLDEST_DUE_LEASE(Unit.SECONDS),
    /** How long ago the end of a machine was decided that is not gone yet, of all of them the longest. */
    OLDEST_ENDING_INSTANCE(Unit.SECONDS),
    ENDING_INSTANCES(Unit.COUNT),
    /** How long ago a machine was ended whose owner has not been given back his unused time, of all of them the longest. */
    OLDEST_OWED_CREDIT(Unit.SECONDS),
    /** Age of the oldest event of an instance that is not known to be on the bus. */
    OLDEST_INSTANCE_EVENT(Unit.SECONDS),

    /** Machines at the provider with this deployment's tag, less those that a row allows. */
    ORPHAN_MACHINES(Unit.COUNT),
    /** 1 while the comparison with the provider does nothing because it would do too much. */
    RECONCILIATION_HALTED(Unit.COUNT),

    /** What can still be spent at the provider, in US dollars. */
    PROVIDER_CREDIT(Unit.NONE),
    /** 1 if the provider did not accept the key, or the address it was sent from. */
    PROVIDER_UNAUTHORIZED(Unit.COUNT),
    /** Orders for machines that were refused because the provider did not accept the key or the address. */
    UNAUTHORIZED_CREATES(Unit.COUNT),
    /** Orders for machines that the provider refused, whatever for. */
    REFUSED_CREATES(Unit.COUNT),
    /** How many more settlements the settling account has gas for, each at the most it may cost now. */
    PAYABLE_SETTLEMENTS(Unit.COUNT),
    /** How many more settlements on Solana the fee payer has lamports for, each at the most it may cost. */
    PAYABLE_SOLANA_SETTLEMENTS(Unit.COUNT),
    /** Payments of others that were settled: where the gas went. */
    FACILITATED_SETTLEMENTS(Unit.COUNT),
    /** Payments that others presented to be settled, and that were not. */
    REFUSED_SETTLEMENTS(Unit.COUNT),
    /** USDC in the wallet that refunds are paid from. */
    REFUND_WALLET_BALANCE(Unit.NONE),
    /** How long ago the catalogue was last brought up to date. */
    CATALOGUE_AGE(Unit.SECONDS);

    /** As CloudWatch has them. */
    enum Unit {
        COUNT("Count"), SECONDS("Seconds"), NONE("None");

        private final String wireName;

        Unit(String wireName) {
            this.wireName = wireName;
        }
    }

    private final Unit unit;

    Metric(Unit unit) {
        this.unit = unit;
    }

    /** Its name in CloudWatch. */
    public String wireName() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    String unitName() {
        return unit.wireName;
    }
}
