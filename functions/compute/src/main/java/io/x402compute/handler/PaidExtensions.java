package io.x402compute.handler;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.payment.Claim;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.extension.ExtensionEcho;
import io.x402compute.x402.extension.Listing;
import io.x402compute.x402.extension.OfferReceipt;
import io.x402compute.x402.extension.PaymentIdentifier;
import io.x402compute.x402.extension.Receipt;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.SettlementResponse;

/** The extensions that a paid route uses. */
final class PaidExtensions {
    private final Listing route;
    private final Map<String, ObjectNode> always;
    private final Supplier<Optional<EvmWallet>> seller;
    private final Clock clock;

    /**
     * Of one route.
     *
     * @param seller signs offers and receipts; empty where nobody does
     */
    PaidExtensions(Listing route, Supplier<Optional<EvmWallet>> seller, Clock clock) {
        this.route = route;
        this.seller = seller;
        this.clock = clock;
        this.always = new LinkedHashMap<>(PaymentIdentifier.declaration());
        always.putAll(route.declaration());
    }

    /** What a client has to send back as it was, if it sends it back. */
    ExtensionEcho echo() {
        return new ExtensionEcho(always);
    }

    /** A challenge with all that is to be said beside its offers. */
    PaymentRequired offer(PaymentRequired challenge) {
        Map<String, ObjectNode> all = new LinkedHashMap<>(always);
        seller.get().ifPresent(wallet -> all.putAll(OfferReceipt.offers(wallet, challenge, clock.instant())));
        return challenge.with(all);
    }

    /** How the route is called, in version 1's words. */
    ObjectNode outputSchema() {
        return route.outputSchema();
    }

    /**
     * A settlement with a receipt for it, which is the same however often it is asked for.
     *
     * @param resourceUrl what was offered
     * @param orderUrl where the order of this claim is
     */
    SettlementResponse receipt(SettlementResponse settled, Claim claim, String resourceUrl, String orderUrl) {
        Receipt receipt = new Receipt(settled.network().caip2(), resourceUrl, settled.payer(),
                claim.claimedAt().getEpochSecond(), settled.transaction());
        return seller.get().map(wallet -> settled.with(OfferReceipt.receipt(wallet, receipt, orderUrl)))
                .orElse(settled);
    }
}
