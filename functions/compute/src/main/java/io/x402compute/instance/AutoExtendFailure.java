package io.x402compute.instance;

import java.util.Locale;

/** Why a lease ends although it was to be extended. */
public enum AutoExtendFailure {
    /** It would have cost more than its owner allows. */
    CEILING_REACHED,
    /** Its owner had too little credit when it was to be spent. */
    INSUFFICIENT_CREDITS,
    /** More time is not sold for it. */
    NOT_EXTENDABLE,
    /** There was no time left to announce it and to wait. */
    TOO_LATE;

    /** As it is stored and told. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AutoExtendFailure of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
