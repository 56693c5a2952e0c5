package io.x402compute.running;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.WireJson;

/**
 * A payment that must be refused.
 *
 * @param name what is wrong with it
 * @param reason what the 402 must say
 * @param header that it is sent in
 * @param text of that header
 */
record ForgedPayment(String name, String reason, String header, Function<Quote, String> text) {

    /** A right header of version 2, changed as text. */
    static ForgedPayment text(String name, String reason, UnaryOperator<String> change) {
        return v2(name, reason, quote -> change.apply(quote.draft().payment().headerText()));
    }

    /** The bytes behind a right header of version 2, changed. */
    static ForgedPayment json(String name, String reason, UnaryOperator<String> change) {
        return v2(name, reason, quote -> base64(change.apply(quote.draft().payment().toJson().toString())));
    }

    /** A right payment of version 2, changed after it was signed. */
    static ForgedPayment edited(String name, String reason, Consumer<ObjectNode> edit) {
        return v2(name, reason, quote -> header(quote.draft().payment().toJson(), edit));
    }

    /** The same of version 1. */
    static ForgedPayment editedV1(String name, String reason, Consumer<ObjectNode> edit) {
        return v1(name, reason, quote -> header(quote.draftV1().payment().toJson(), edit));
    }

    /** A payment of version 2 that is signed as it is, and should not be so. */
    static ForgedPayment signed(String name, String reason, Function<Quote, Draft> draft) {
        return v2(name, reason, quote -> draft.apply(quote).payment().headerText());
    }

    /** The same of version 1. */
    static ForgedPayment signedV1(String name, String reason, Function<Quote, Draft> draft) {
        return v1(name, reason, quote -> draft.apply(quote).payment().headerText());
    }

    static ForgedPayment v2(String name, String reason, Function<Quote, String> text) {
        return new ForgedPayment(name, reason, PaymentHeaders.PAYMENT_SIGNATURE, text);
    }

    static ForgedPayment v1(String name, String reason, Function<Quote, String> text) {
        return new ForgedPayment("version 1: " + name, reason, PaymentHeaders.X_PAYMENT, text);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(ObjectNode payment, Consumer<ObjectNode> edit) {
        // It shares its parts with the offer.
        ObjectNode copy = payment.deepCopy();
        edit.accept(copy);
        return WireJson.headerText(copy);
    }

    @Override
    public String toString() {
        return name;
    }
}
