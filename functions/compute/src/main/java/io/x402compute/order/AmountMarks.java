package io.x402compute.order;

import java.util.function.Supplier;

/** Makes the marks of amounts, which nobody else can foretell. */
public final class AmountMarks {
    private final Supplier<String> secret;

    /** @param secret asked for when an amount is marked */
    public AmountMarks(Supplier<String> secret) {
        this.secret = secret;
    }

    /**
     * The mark of one request.
     *
     * @param request all that makes it another request than others, in one text
     */
    public AmountMark of(String request) {
        return new AmountMark(secret, request);
    }
}
