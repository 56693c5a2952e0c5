package io.x402compute.payment;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.x402compute.event.DomainEvent;
import io.x402compute.store.Item;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.solana.SvmRefusal;
import io.x402compute.x402.solana.TransferTransaction;

/** Claims as items of table {@code payments}. What is binary is kept binary: an item of more than 1 KB costs double. */
final class ClaimItems {
    /** The index of a payer's orders, and its partition key. */
    static final String OWNER = "owner";
    /** Its sort key. */
    static final String ORDER_ID = "order_id";
    private static final String CREDIT_OF = "credit_of";
    private static final String TRIES = "tries";
    private static final String REFUND = "refund";
    /** As the payer sent it; what a settlement of it sends is beside it, with the signature of the one who pays the fees. */
    private static final String TRANSACTION = "payer_transaction";

    private ClaimItems() {}

    static Item write(Claim claim) {
        OrderBinding order = claim.order();
        Progress progress = claim.progress();
        Item item = Item.create()
                .put("key", claim.key().value())
                .put(ORDER_ID, order.orderId().toString())
                .put(OWNER, claim.payer().address())
                .put("kind", order.kind())
                .put("subject", order.subject())
                .put("fingerprint", order.fingerprint())
                .put("request", order.request())
                .put("claimed_at", claim.claimedAt())
                .put("state", progress.state().name())
                .put("lease_until", progress.leaseUntil())
                .put("attend_at", at(progress.attendAt()))
                .put("version", claim.version());
        switch (claim.tender()) {
            case Tender.Transfer(Payment payment) -> writePayment(item, payment);
            case Tender.Credit(Wallet payer, Usdc amount) ->
                item.put(CREDIT_OF, payer.address()).put("amount", amount.micros());
        }
        if (!progress.transaction().isEmpty()) {
            item.put("transaction", progress.transaction());
        }
        if (!progress.reason().isEmpty()) {
            item.put("reason", progress.reason());
        }
        // Once it is settled nothing will be sent again, so its bytes need not be kept.
        progress.handle().filter(handle -> !progress.state().isPaid())
                .ifPresent(handle -> HandleItems.write(item, handle));
        if (progress.tries() > 0) {
            item.put(TRIES, progress.tries());
        }
        progress.refund().ifPresent(refund -> item.put(REFUND, RefundItems.write(refund)));
        if (!claim.pendingEvents().isEmpty()) {
            item.put("events", claim.pendingEvents().stream().map(DomainEvent::stored).toList());
        }
        return item;
    }

    static Claim read(Item item) {
        OrderBinding order = new OrderBinding(OrderId.of(item.text(ORDER_ID)), item.text("kind"),
                item.text("subject"),
                item.text("fingerprint"), item.text("request"));
        List<DomainEvent> events = item.texts("events").stream().map(DomainEvent::ofStored).toList();
        Tender tender = item.optionalText(CREDIT_OF)
                .<Tender>map(wallet -> new Tender.Credit(new Wallet(wallet), new Usdc(item.number("amount"))))
                .orElseGet(() -> new Tender.Transfer(readPayment(item)));
        Optional<Refund> refund = switch (tender) {
            case Tender.Transfer(Payment paid) when item.has(REFUND) -> Optional.of(
                    RefundItems.read(item.item(REFUND), RefundTerms.of(paid, order.orderId())));
            case Tender.Transfer transfer -> Optional.empty();
            case Tender.Credit credit -> Optional.empty();
        };
        Progress progress = new Progress(PaymentState.valueOf(item.text("state")), HandleItems.read(item),
                item.optionalText("transaction").orElse(""), item.optionalText("reason").orElse(""), refund,
                item.has(TRIES) ? item.integer(TRIES) : 0, item.instant("lease_until"), at(item.number("attend_at")));
        return new Claim(new PaymentKey(item.text("key")), order, tender, item.instant("claimed_at"),
                progress,
                events, item.number("version"));
    }

    private static void writePayment(Item item, Payment payment) {
        PaymentRequirements terms = payment.requirements();
        item.put("x402_version", payment.payload().version())
                .put("network", terms.network().caip2())
                .put("amount", terms.amount().micros())
                .put("asset", terms.asset())
                .put("pay_to", terms.payTo())
                .put("timeout", terms.maxTimeoutSeconds())
                .put("extra", extra(terms));
        switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization signed, String signature) -> item
                    .put("from", Hex.bytes(signed.from()))
                    .put("to", Hex.bytes(signed.to()))
                    .put("value", signed.value().toString())
                    .put("valid_after", signed.validAfter().toString())
                    .put("valid_before", signed.validBefore().toString())
                    .put("nonce", Hex.bytes(signed.nonce()))
                    .put("signature", Hex.bytes(signature));
            case SchemePayload.Solana(TransferTransaction signed) ->
                item.put(TRANSACTION, signed.transaction().toBytes());
        }
    }

    private static Payment readPayment(Item item) {
        Network network = Network.named(item.text("network")).orElseThrow();
        PaymentRequirements terms = new PaymentRequirements(PaymentRequirements.EXACT, network,
                new Usdc(item.number("amount")), item.text("asset"), item.text("pay_to"), item.integer("timeout"),
                extra(item.item("extra")));
        int version = item.integer("x402_version");
        // Facilitators of version 2 want to see the accepted offer. It was a copy of ours, or there would be no claim.
        PaymentPayload payload = new PaymentPayload(version, PaymentRequirements.EXACT, network,
                network.isEvm() ? readAuthorization(item) : readTransaction(item),
                version == 1 ? Optional.empty() : Optional.of(terms.toV2Json()), Optional.empty());
        return new Payment(payload, terms);
    }

    private static SchemePayload readAuthorization(Item item) {
        Eip3009Authorization signed = new Eip3009Authorization(Hex.of(item.bytes("from")), Hex.of(item.bytes("to")),
                new BigInteger(item.text("value")), new BigInteger(item.text("valid_after")),
                new BigInteger(item.text("valid_before")), Hex.of(item.bytes("nonce")));
        return new SchemePayload.Eip3009(signed, Hex.of(item.bytes("signature")));
    }

    private static SchemePayload readTransaction(Item item) {
        return switch (TransferTransaction.read(item.bytes(TRANSACTION))) {
            case TransferTransaction.Reading.Read(TransferTransaction signed) -> new SchemePayload.Solana(signed);
            case TransferTransaction.Reading.Refused(SvmRefusal refusal) ->
                throw new IllegalStateException("a stored payment is none any more: " + refusal.reason());
        };
    }

    private static Item extra(PaymentRequirements terms) {
        Item extra = Item.create();
        terms.extra().forEach(extra::put);
        return extra;
    }

    private static Map<String, String> extra(Item item) {
        return item.attributes().keySet().stream().collect(Collectors.toMap(name -> name, item::text));
    }

    /** "Never again" has no epoch milliseconds. */
    private static long at(Instant instant) {
        return instant.equals(Instant.MAX) ? Long.MAX_VALUE : instant.toEpochMilli();
    }

    private static Instant at(long millis) {
        return millis == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(millis);
    }
}
