package io.x402compute.running;

import static io.x402compute.running.BadRequest.gateway;
import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.order;
import static io.x402compute.running.RequestDraft.post;

import java.util.List;
import java.util.stream.Stream;

/**
 * Payments that cannot be told apart, or are not there; {@link ForgedPayments} has those that are one and wrong. Answers with
 * 402 are offers: they ask for a payment that can be made.
 */
final class BadPaymentRequests {
    private static final String EXTEND = "/compute/instances/{machine}/extend";
    private static final String TWO = "two_payments";
    private static final String WANTED = "payment_required";

    private BadPaymentRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(two(), none(), tooLong()).flatMap(List::stream);
    }

    private static List<BadRequest> two() {
        return Stream.of(order(), post(EXTEND, "{}")).flatMap(route -> Stream.of(
                row(route.path() + ": a payment in either header",
                        route.with("X-PAYMENT", "e30=").with("PAYMENT-SIGNATURE", "e30="), 400, TWO),
                row(route.path() + ": a payment and an empty header",
                        route.with("X-PAYMENT", "").with("PAYMENT-SIGNATURE", "e30="), 400, TWO),
                row(route.path() + ": two payments in one header", route.with("PAYMENT-SIGNATURE", "e30=,e30="), 400,
                        TWO),
                row(route.path() + ": two payments in the older header", route.with("X-PAYMENT", "e30=, e30="), 400,
                        TWO),
                row(route.path() + ": a payment and a comma", route.with("X-PAYMENT", "e30=,"), 400, TWO))).toList();
    }

    private static List<BadRequest> none() {
        return List.of(
                row("no order, to see the price", post(MachineRequest.PROVISION), 402, WANTED),
                row("no order, in a form", post(MachineRequest.PROVISION)
                        .with("Content-Type", "application/x-www-form-urlencoded"), 402, WANTED),
                row("a signed order that is not paid", order().signed(), 402, WANTED),
                row("an order with a key that is not paid", order().keyed(), 402, WANTED),
                row("no wish for time, to see the price", post(EXTEND), 402, WANTED),
                row("a wish for time that is not paid", post(EXTEND, "{}"), 402, WANTED),
                row("an empty payment", post(EXTEND, "{}").with("X-PAYMENT", ""), 402, WANTED),
                row("a payment that is no base64", post(EXTEND, "{}").with("X-PAYMENT", "please"), 402, WANTED),
                row("a payment that is an empty object", post(EXTEND, "{}").with("PAYMENT-SIGNATURE", "e30="), 402,
                        WANTED),
                row("the payment in the header of another protocol", order().with("Authorization", "Payment e30="), 402,
                        WANTED),
                row("the offer for a payment", order().with("PAYMENT-REQUIRED", "e30="), 402, WANTED));
    }

    private static List<BadRequest> tooLong() {
        return List.of(
                gateway("a payment too long for the gateway", order().with("X-PAYMENT", "A".repeat(10_240)), 431),
                gateway("a query too long for the gateway",
                        RequestDraft.get("/compute/plans?type=" + "v".repeat(10_240)), 431),
                gateway("many headers too long together", many(order()), 431));
    }

    private static RequestDraft many(RequestDraft request) {
        RequestDraft longer = request;
        for (int i = 0; i < 40; i++) {
            longer = longer.with("X-More-" + i, "m".repeat(256));
        }
        return longer;
    }
}
