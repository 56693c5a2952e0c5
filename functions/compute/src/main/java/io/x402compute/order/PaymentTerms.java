package io.x402compute.order;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.x402compute.http.ApiException;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.TokenAccounts;
import io.x402compute.x402.solana.TokenTransfer;
import io.x402compute.x402.solana.TransferTransaction;

/**
 * How this deployment is paid: an offer for each network and way of paying there, priced when needed.
 *
 * @param offers the operator's offers with amount zero
 * @param settler where as much can be taken as was used: tells the address of the only account that may take it
 */
public record PaymentTerms(List<PaymentRequirements> offers, Optional<Supplier<String>> settler) {
    /** How long a quoted price is honoured after its challenge has timed out: a signature takes a moment to arrive. */
    static final Duration GRACE = Duration.ofSeconds(30);

    public PaymentTerms {
        offers = List.copyOf(offers);
    }

    /** Where prices are fixed. */
    public PaymentTerms(List<PaymentRequirements> offers) {
        this(offers, Optional.empty());
    }

    /** Those on which that is sold: offers say whether the money moves before or after, and whether it may be less than is asked. */
    PaymentTerms of(Purchase purchase) {
        return purchase.isPaidUpfront()
                ? this
                : new PaymentTerms(Stream.concat(offers.stream().map(PaymentTerms::afterwards),
                        purchase.isMetered() ? metered() : Stream.empty()).toList());
    }

    /** Last, for few clients know them, and those can choose. */
    private Stream<PaymentRequirements> metered() {
        return settler.stream().flatMap(account -> offers.stream().filter(PaymentRequirements::isByPermit2)
                .map(offer -> offer.upTo(account.get())));
    }

    private static PaymentRequirements afterwards(PaymentRequirements offer) {
        Map<String, String> extra = new HashMap<>(offer.extra());
        extra.remove(PaymentRequirements.PAYMENT_FLOW);
        return new PaymentRequirements(offer.scheme(), offer.network(), offer.amount(), offer.asset(), offer.payTo(),
                offer.maxTimeoutSeconds(), extra);
    }

    /** By which of the protocol's schemes these are paid. */
    Set<String> schemes() {
        return offers.stream().map(PaymentRequirements::scheme).collect(Collectors.toUnmodifiableSet());
    }

    /** The offers to somebody who asks for that network, or for any. */
    private List<PaymentRequirements> offered(Optional<Network> asked) {
        return offers.stream().filter(offer -> asked.map(offer.network()::equals).orElse(true)).toList();
    }

    Optional<PaymentRequirements> on(Network network) {
        return offers.stream().filter(offer -> offer.network().equals(network)).findFirst();
    }

    /** @throws ApiException 400 {@code unsupported_network} where nothing can be paid */
    void requireOffered(Optional<Network> network) {
        if (offered(network).isEmpty()) {
            throw ApiException.badRequest("unsupported_network", "network is not accepted here");
        }
    }

    /** The offer that a payment of that kind is made for. */
    Optional<PaymentRequirements> askingFor(PaymentPayload payload) {
        return offers.stream().filter(
                offer -> offer.network().equals(payload.network()) && offer.asksFor(payload.schemePayload()))
                .findFirst();
    }

    /** The same offer at each of these amounts, in their order. */
    List<PaymentRequirements> askingFor(PaymentPayload payload, List<Usdc> amounts) {
        return askingFor(payload).stream().flatMap(offer -> amounts.stream().map(offer::withAmount)).toList();
    }

    /** A payment at the price that was signed for, whatever is asked now; empty if it is not made out to us. */
    Optional<Payment> asSigned(PaymentPayload payload) {
        return askingFor(payload).flatMap(offer -> switch (payload.schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization signed, String _) -> Optional.of(signed)
                    .filter(any -> any.to().equalsIgnoreCase(offer.payTo()) && any.value().bitLength() < Long.SIZE)
                    .map(any -> new Payment(payload, offer.withAmount(new Usdc(any.value().longValueExact()))));
            case SchemePayload.Permit2(Permit2Authorization permit, String _) -> Optional.of(permit)
                    .filter(any -> any.to().equalsIgnoreCase(offer.payTo())
                            && any.token().equalsIgnoreCase(offer.asset()) && any.amount().bitLength() < Long.SIZE)
                    .map(any -> new Payment(payload, offer.withAmount(new Usdc(any.amount().longValueExact()))));
            // Nobody but us can have taken it, and we claim what we take.
            case SchemePayload.Upto _ -> Optional.empty();
            case SchemePayload.Solana(TransferTransaction signed) -> Optional.of(signed.transfer())
                    .filter(any -> isMadeOutTo(offer, any) && any.amount().bitLength() < Long.SIZE)
                    .map(any -> new Payment(payload, offer.withAmount(new Usdc(any.amount().longValueExact()))));
        });
    }

    private static boolean isMadeOutTo(PaymentRequirements offer, TokenTransfer transfer) {
        return transfer.mint().equals(offer.asset()) && transfer.destination()
                .equals(TokenAccounts.of(offer.payTo(), offer.asset(), transfer.program()));
    }

    /** @param asked where it is to be paid, or anywhere */
    PaymentRequired challenge(Resource resource, Optional<Network> asked, Usdc amount, String error) {
        return new PaymentRequired(error, resource,
                offered(asked).stream().map(offer -> offer.withAmount(amount)).toList());
    }

    List<Network> networks() {
        return offers.stream().map(PaymentRequirements::network).distinct().toList();
    }

    /** How long a challenge may be answered. */
    Duration timeout(Network network) {
        return on(network).map(offer -> Duration.ofSeconds(offer.maxTimeoutSeconds())).orElse(Duration.ZERO);
    }

    /** How far back a price may have been quoted and still be paid. */
    Duration honoured(Optional<Network> asked) {
        return offered(asked).stream().map(offer -> timeout(offer.network())).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO).plus(GRACE);
    }
}
