package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.delete;
import static io.x402compute.running.RequestDraft.order;
import static io.x402compute.running.RequestDraft.post;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.extension.PaymentIdentifier;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.WireJson;

/** {@code Idempotency-Key}: what can be wrong with it, on each route that takes one. */
final class BadIdempotencyKeys {
    private static final String HEADER = "Idempotency-Key";
    private static final String TOO_LONG = "k".repeat(256);
    private static final String CODE = "invalid_idempotency_key";
    private static final String MACHINE = "/compute/instances/{machine}";
    private static final String KEYS = "/compute/api-keys";

    private BadIdempotencyKeys() {}

    static Stream<BadRequest> all() {
        return Stream.of(
                List.of(
                        bad("an order", order(), TOO_LONG),
                        bad("an order", order(), ""),
                        bad("an extension", post(MACHINE + "/extend", "{}").signed(), TOO_LONG),
                        bad("a destruction", delete(MACHINE).signed(), TOO_LONG),
                        bad("a destruction", delete(MACHINE).signed(), ""),
                        bad("a look at the password", post(MACHINE + "/password").signed(), TOO_LONG),
                        bad("a new key", post(KEYS).signed(), TOO_LONG),
                        bad("a new key", post(KEYS).signed(), ""),
                        bad("an end of a key", delete(KEYS + "/{key}").signed(), TOO_LONG)),
                List.of(
                        row("a destruction under a key, with a body that is none",
                                delete(MACHINE).saying("[]").signed().with(HEADER, "destroy"), 400, "invalid_json"),
                        row("somebody else's machine destroyed under a key",
                                delete("/compute/instances/{others-machine}").signed().with(HEADER, "destroy"), 404,
                                "not_found")),
                List.of(
                        row("an order whose payment has too short a name", named("pay_7d5d747be16"), 400,
                                "invalid_payment_identifier"),
                        row("an order whose payment has a name with spaces", named("pay 7d5d 747b e160"), 400,
                                "invalid_payment_identifier"),
                        row("an order with another key than its payment's name",
                                named("pay_7d5d747be160e280504c099d984bcfe0").with(HEADER, "order-1"), 400,
                                "two_idempotency_keys")))
                .flatMap(List::stream);
    }

    /** An order with a right payment that its client has named. */
    private static RequestDraft named(String id) {
        return order().with(PaymentHeaders.PAYMENT_SIGNATURE, scene -> {
            ObjectNode payment = scene.owner()
                    .sign(scene.owner().quote(MachineRequest.PROVISION, MachineRequest.body())).toJson();
            payment.putObject("extensions").putObject(PaymentIdentifier.KEY).putObject("info")
                    .put("required", false)
                    .put("id", id);
            return WireJson.headerText(payment);
        });
    }

    private static BadRequest bad(String what, RequestDraft request, String key) {
        return row("%s under a key of %d characters".formatted(what, key.length()), request.with(HEADER, key), 400,
                CODE);
    }
}
