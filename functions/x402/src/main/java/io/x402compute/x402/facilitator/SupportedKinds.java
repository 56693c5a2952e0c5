package io.x402compute.x402.facilitator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.evm.UptoEvmReason;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.protocol.WireJson;
import io.x402compute.x402.solana.ExactSvmReason;

/**
 * What a facilitator lists under {@code /supported}, as far as we know the networks.
 *
 * @param kinds what it takes payments of
 * @param signers its accounts, sorted, under {@code solana:*} or one network's name; no facilitator of version 1 tells them
 */
record SupportedKinds(List<Kind> kinds, Map<String, List<String>> signers) implements Discovery {
    private static final String ANY_SOLANA = "solana:*";

    /**
     * @param feePayer on Solana, who pays the fees: with several signers any of them, another at each look
     * @param settler of the scheme {@code upto}, who settles
     */
    record Kind(int version, String scheme, Network network, Optional<String> feePayer, Optional<String> settler) {}

    /** Empty where there is no list. Entries that nobody could pay by are left out, and never spoil the others. */
    static Optional<SupportedKinds> of(ObjectNode json) {
        return Optional.ofNullable(json.get("kinds")).filter(JsonNode::isArray)
                .map(list -> new SupportedKinds(elements(list).flatMap(entry -> kind(entry).stream()).toList(),
                        signers(json.path("signers"))));
    }

    private static Optional<Kind> kind(JsonNode entry) {
        JsonNode version = entry.path("x402Version");
        if (!version.isInt()) {
            return Optional.empty();
        }
        return WireJson.text(entry, "network").flatMap(Network::named)
                .flatMap(network -> WireJson.text(entry, "scheme").map(scheme -> new Kind(version.intValue(), scheme,
                        network, address(entry, PaymentRequirements.FEE_PAYER),
                        address(entry, PaymentRequirements.FACILITATOR_ADDRESS))));
    }

    private static Map<String, List<String>> signers(JsonNode byNetwork) {
        return byNetwork.properties().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                network -> elements(network.getValue()).filter(JsonNode::isTextual).map(JsonNode::textValue)
                        .filter(SupportedKinds::isAddress).sorted().toList()));
    }

    private static Optional<String> address(JsonNode entry, String extra) {
        return WireJson.text(entry.path("extra"), extra).filter(SupportedKinds::isAddress);
    }

    private static boolean isAddress(String text) {
        return Wallet.of(text).isPresent();
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
    }

    /** Whether payments like that one are listed, and an account that it names as the facilitator's is one of its. */
    Support support(Payment payment) {
        PaymentRequirements offer = payment.requirements();
        if (on(offer.network()).findAny().isEmpty()) {
            return new Support.Unsupported(Reasons.INVALID_NETWORK, "not listed: " + offer.network().caip2());
        }
        if (on(offer.network()).noneMatch(kind -> kind.scheme().equals(offer.scheme()))) {
            return new Support.Unsupported(Reasons.UNSUPPORTED_SCHEME, "not listed: " + offer.scheme());
        }
        int version = payment.payload().version();
        if (on(offer.network())
                .noneMatch(kind -> kind.scheme().equals(offer.scheme()) && kind.version() == version)) {
            return new Support.Unsupported(Reasons.INVALID_X402_VERSION, "not listed: version " + version);
        }
        if (offer.isMetered() && !isSettler(offer)) {
            return new Support.Unsupported(UptoEvmReason.FACILITATOR_MISMATCH, "the facilitator settles by another");
        }
        return managesFeePayer(offer)
                ? new Support.Supported()
                : new Support.Unsupported(ExactSvmReason.FEE_PAYER_NOT_MANAGED, "the facilitator has another");
    }

    /** Only the account that the offer names can settle it; whoever names none may still have that one. */
    private boolean isSettler(PaymentRequirements offer) {
        String wanted = offer.extra().getOrDefault(PaymentRequirements.FACILITATOR_ADDRESS, "");
        List<String> named = on(offer.network()).flatMap(kind -> kind.settler().stream()).toList();
        return named.isEmpty() || named.stream().anyMatch(wanted::equalsIgnoreCase);
    }

    /** Whoever names no fee payer at all may still have that one. */
    private boolean managesFeePayer(PaymentRequirements offer) {
        Optional<String> wanted = Optional.ofNullable(offer.extra().get(PaymentRequirements.FEE_PAYER));
        List<String> named = Stream.concat(signersOn(offer.network()).stream(),
                on(offer.network()).flatMap(kind -> kind.feePayer().stream())).toList();
        return offer.network().isEvm() || wanted.isEmpty() || named.isEmpty() || named.contains(wanted.get());
    }

    /**
     * Who is to pay the fees of payments on that network. An offer has to be the same text in every process, so of several signers it is
     * always the first, whichever was named today.
     */
    Optional<String> feePayer(Network network) {
        List<String> others = signersOn(network);
        return on(network).filter(kind -> kind.scheme().equals(PaymentRequirements.EXACT))
                .flatMap(kind -> kind.feePayer().stream()).sorted().findFirst()
                .map(named -> others.contains(named) ? others.getFirst() : named);
    }

    private List<String> signersOn(Network network) {
        return Stream.of(ANY_SOLANA, network.caip2())
                .flatMap(name -> signers.getOrDefault(name, List.of()).stream()).sorted().toList();
    }

    private Stream<Kind> on(Network network) {
        return kinds.stream().filter(kind -> kind.network().equals(network));
    }
}
