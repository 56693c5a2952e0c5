package io.x402compute.x402.example;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.OfferMatching;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.SettlementResponse;

// README
record Seller(Facilitator facilitator, PaymentRequired price, ConcurrentMap<PaymentKey, Preparation> kept) {
    record Reply(int status, Map<String, String> headers, String body) {}

    Reply reply(Function<String, Optional<String>> header) {
        var sent = PaymentHeaders.decode(header.apply("PAYMENT-SIGNATURE"), header.apply("X-PAYMENT"));
        return sent instanceof DecodedPayment.Decoded(var payload)
                ? OfferMatching.match(payload, price.accepts()).map(offer -> sell(new Payment(payload, offer)))
                        .orElse(ask())
                : ask();
    }

    private Reply sell(Payment payment) {
        // Kept before money can move, so that a payment settles once and is answered alike ever after: in your database.
        Preparation prepared = kept.compute(payment.key(),
                (key, known) -> known instanceof Preparation.Prepared ? known : facilitator.prepare(payment));
        if (!(prepared instanceof Preparation.Prepared(var handle))) {
            return prepared instanceof Preparation.Refused ? ask() : new Reply(503, Map.of("Retry-After", "2"), "");
        }
        return switch (facilitator.settle(payment, handle, Duration.ofSeconds(15))) {
            case Settlement.Settled done -> new Reply(200, Map.of("PAYMENT-RESPONSE", SettlementResponse.settled(
                    done.transaction(), payment.requirements().network(), payment.payer()).header(2)), "Rain.");
            case Settlement.Unknown later -> new Reply(202, Map.of("Retry-After", "2"), "");
            case Settlement.Outnumbered again -> kept.remove(payment.key(), prepared) ? sell(payment) : ask();
            case Settlement.Refused no -> ask();
        };
    }

    private Reply ask() {
        return new Reply(402, Map.of("PAYMENT-REQUIRED", price.v2Header()), price.v1Body().toString());
    }
}
