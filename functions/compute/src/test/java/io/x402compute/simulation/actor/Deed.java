package io.x402compute.simulation.actor;

import java.util.Locale;

/**
 * Something somebody is going to do.
 *
 * @param number of it in its history
 * @param at after how many milliseconds
 */
public record Deed(int number, Kind kind, long at) {

    /** What there is to do. */
    public enum Kind {
        BUY, BUY_TWICE_AT_ONCE, BUY_UNDER_A_NAME, BUY_WITH_CREDIT, SPEND_ALL_AT_ONCE, EXTEND_WITH_CREDIT, TOP_UP,
        AUTO_EXTEND, SEND_AGAIN, MISUSE, EXTEND, EXTEND_AT_THE_LAST_MOMENT, DESTROY, POWER, REVEAL, FRONT_RUN,
        CHANGE_PRICE, SELL_OUT, PROVIDER_OUTAGE, FACILITATOR_OUTAGE, CHAIN_OUTAGE, STRANGERS_MACHINE, ORPHAN, TWIN,
        VANISH, RUN, RUN_TWICE_AT_ONCE, RUN_WITH_CREDIT, EMPTY_WALLET
    }

    String name() {
        return number + " " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
