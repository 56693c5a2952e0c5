package io.x402compute.payment;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.x402compute.event.DomainEvent;
import io.x402compute.store.Item;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.solana.SvmRefusal;
import io.x402compute.x402.solana.TransferTransaction;

/**
 * Claims as items of table {@code payments}. An item of more than a kilobyte costs double each time it is written, so whatever
 * nobody looks for, or looks at without us, is packed.
 */
final class ClaimItems {
    /** The index of a payer's orders, and its partition key. */
    static final String OWNER = "owner";
    /** Its sort key. */
    static final String ORDER_ID = "order_id";
    private static final String TRIES = "tries";
    private static final String REFUND = "refund";
    private static final String TAKING = "taking";
    private static final String SIGNATURE = "signature";
    /** Only permits of Permit2 have one. */
    private static final String SPENDER = "spender";
    /** Only permits for as much as was used have one: the account that may use them. */
    private static final String SETTLER = "settler";
    /** As the payer sent it. What is sent to settle it is nearly the same, and packed beside it costs next to nothing. */
    private static final String TRANSACTION = "payer_transaction";
    private static final String NETWORK = "network";
    /** The transaction that was shown where nothing was signed. */
    private static final String PROOF = "proof";
    private static final String REST = "rest";

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
                .put("amount", claim.ceiling().micros())
                .put("claimed_at", claim.claimedAt())
                .put("state", progress.state().name())
                .put("lease_until", progress.leaseUntil())
                .put("attend_at", at(progress.attendAt()))
                .put("version", claim.version());
        if (!progress.transaction().isEmpty()) {
            item.put("transaction", progress.transaction());
        }
        if (!progress.reason().isEmpty()) {
            item.put("reason", progress.reason());
        }
        if (progress.tries() > 0) {
            item.put(TRIES, progress.tries());
        }
        progress.taking().ifPresent(taking -> item.put(TAKING, taking.micros()));
        progress.refund().ifPresent(refund -> item.put(REFUND, RefundItems.shown(refund)));
        return item.put(REST, ClaimWords.PACKING.pack(rest(claim), beside(item)));
    }

    /** What nobody looks for. */
    private static Item rest(Claim claim) {
        Progress progress = claim.progress();
        Item rest = Item.create().put("request", claim.order().request())
                .put("fingerprint", claim.order().fingerprint());
        switch (claim.tender()) {
            case Tender.Transfer(Payment payment) -> writePayment(rest, payment);
            case Tender.Proof(Wallet payer, PaymentRequirements terms, String transaction) ->
                writeTerms(rest, terms).put(PROOF, transaction);
            case Tender.Credit credit -> {
                // Its payer and its amount say all.
            }
        }
        // Once it is settled nothing will be sent again, so its bytes need not be kept.
        progress.handle().filter(handle -> !progress.state().isPaid())
                .ifPresent(handle -> HandleItems.write(rest, handle));
        progress.refund().ifPresent(refund -> rest.put(REFUND, RefundItems.rest(refund)));
        if (!claim.pendingEvents().isEmpty()) {
            rest.put("events", claim.pendingEvents().stream().map(DomainEvent::stored).toList());
        }
        return rest;
    }

    private static String beside(Item item) {
        return Stream.of("key", OWNER, ORDER_ID, "subject", "kind", "transaction")
                .flatMap(name -> item.optionalText(name).stream()).collect(Collectors.joining(" "));
    }

    static Claim read(Item item) {
        Item rest = ClaimWords.PACKING.unpack(item.bytes(REST), beside(item));
        OrderBinding order = new OrderBinding(OrderId.of(item.text(ORDER_ID)), item.text("kind"),
                item.text("subject"), rest.text("fingerprint"), rest.text("request"));
        List<DomainEvent> events = rest.texts("events").stream().map(DomainEvent::ofStored).toList();
        Usdc amount = new Usdc(item.number("amount"));
        Optional<Usdc> taking = item.has(TAKING) ? Optional.of(new Usdc(item.number(TAKING))) : Optional.empty();
        Tender tender = readTender(rest, new Wallet(item.text(OWNER)), amount);
        Optional<Refund> refund = rest.has(REFUND)
                ? Optional.of(RefundItems.read(item.item(REFUND), rest.item(REFUND),
                        RefundTerms.of(readTerms(rest, taking.orElse(amount)), tender.payer(), order.orderId())))
                : Optional.empty();
        String transaction = item.optionalText("transaction").orElse("");
        Progress progress = new Progress(PaymentState.valueOf(item.text("state")), HandleItems.read(rest, transaction),
                transaction, item.optionalText("reason").orElse(""), refund,
                item.has(TRIES) ? item.integer(TRIES) : 0,
                taking,
                item.instant("lease_until"), at(item.number("attend_at")));
        return new Claim(new PaymentKey(item.text("key")), order, tender, item.instant("claimed_at"), progress, events,
                item.number("version"));
    }

    private static Tender readTender(Item rest, Wallet payer, Usdc amount) {
        if (!rest.has(NETWORK)) {
            return new Tender.Credit(payer, amount);
        }
        return rest.has(PROOF)
                ? new Tender.Proof(payer, readTerms(rest, amount), rest.text(PROOF))
                : new Tender.Transfer(readPayment(rest, amount));
    }

    private static Item writeTerms(Item item, PaymentRequirements terms) {
        return item.put(NETWORK, terms.network().caip2())
                .put("asset", terms.asset())
                .put("pay_to", terms.payTo())
                .put("timeout", terms.maxTimeoutSeconds())
                .put("extra", extra(terms));
    }

    private static PaymentRequirements readTerms(Item item, Usdc amount) {
        return new PaymentRequirements(
                item.has(SETTLER) ? PaymentRequirements.UPTO : PaymentRequirements.EXACT,
                Network.named(item.text(NETWORK)).orElseThrow(),
                amount, item.text("asset"), item.text("pay_to"), item.integer("timeout"), extra(item.item("extra")));
    }

    private static void writePayment(Item item, Payment payment) {
        writeTerms(item, payment.requirements()).put("x402_version", payment.payload().version());
        switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization signed, String signature) -> item
                    .put("from", Hex.lowerCase(signed.from()))
                    .put("to", Hex.lowerCase(signed.to()))
                    .put("value", signed.value().toString())
                    .put("valid_after", signed.validAfter().toString())
                    .put("valid_before", signed.validBefore().toString())
                    .put("nonce", Hex.lowerCase(signed.nonce()))
                    .put(SIGNATURE, Hex.lowerCase(signature));
            // The token is the offer's, or there would be no claim.
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) ->
                writePermit(item, permit, signature);
            case SchemePayload.Upto(Permit2Authorization permit, String facilitator, String signature) ->
                writePermit(item, permit, signature).put(SETTLER, facilitator);
            case SchemePayload.Solana(TransferTransaction signed) ->
                item.put(TRANSACTION, Hex.of(signed.transaction().toBytes()));
        }
    }

    private static Item writePermit(Item item, Permit2Authorization permit, String signature) {
        return item.put("from", permit.from())
                .put("to", permit.to())
                .put("value", permit.amount().toString())
                .put("valid_after", permit.validAfter().toString())
                .put("valid_before", permit.deadline().toString())
                .put("nonce", permit.nonce().toString())
                .put(SPENDER, permit.spender())
                .put(SIGNATURE, signature);
    }

    private static Payment readPayment(Item item, Usdc amount) {
        PaymentRequirements terms = readTerms(item, amount);
        Network network = terms.network();
        int version = item.integer("x402_version");
        // Facilitators of version 2 want to see the accepted offer. It was a copy of ours, or there would be no claim.
        PaymentPayload payload = new PaymentPayload(version, terms.scheme(), network,
                readSigned(item, network),
                version == 1 ? Optional.empty() : Optional.of(terms.toV2Json()), Optional.empty());
        return new Payment(payload, terms);
    }

    private static SchemePayload readSigned(Item item, Network network) {
        if (!network.isEvm()) {
            return readTransaction(item);
        }
        return item.has(SPENDER) ? readPermit(item) : readAuthorization(item);
    }

    private static SchemePayload readPermit(Item item) {
        Permit2Authorization permit = new Permit2Authorization(item.text("from"), Hex.lowerCase(item.text("asset")),
                new BigInteger(item.text("value")), item.text(SPENDER), new BigInteger(item.text("nonce")),
                new BigInteger(item.text("valid_before")), item.text("to"), new BigInteger(item.text("valid_after")));
        return item.has(SETTLER)
                ? new SchemePayload.Upto(permit, item.text(SETTLER), item.text(SIGNATURE))
                : new SchemePayload.Permit2(permit, item.text(SIGNATURE));
    }

    private static SchemePayload readAuthorization(Item item) {
        Eip3009Authorization signed = new Eip3009Authorization(item.text("from"), item.text("to"),
                new BigInteger(item.text("value")), new BigInteger(item.text("valid_after")),
                new BigInteger(item.text("valid_before")), item.text("nonce"));
        return new SchemePayload.Eip3009(signed, item.text(SIGNATURE));
    }

    private static SchemePayload readTransaction(Item item) {
        return switch (TransferTransaction.read(Hex.bytes(item.text(TRANSACTION)))) {
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
