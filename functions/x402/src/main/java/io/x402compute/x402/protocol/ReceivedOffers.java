package io.x402compute.x402.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads the offers of a 402 that somebody else sent. Sellers offer many things: what is no {@code exact} offer on a network
 * we know is passed over, not an error.
 */
public final class ReceivedOffers {
    /** As many digits as fit a {@code long} for certain. */
    private static final Pattern AMOUNT = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Set<String> PAYABLE = Set.of(PaymentRequirements.EXACT);

    private ReceivedOffers() {}

    /** The version 2 offers of a {@link PaymentHeaders#PAYMENT_REQUIRED} header. */
    public static List<ReceivedOffer> inHeader(String header) {
        return WireJson.parseHeader(header).map(json -> offers(json, 2)).orElse(List.of());
    }

    /** The version 1 offers of a 402's body. */
    public static List<ReceivedOffer> inBody(byte[] body) {
        return WireJson.parse(body).map(json -> offers(json, 1)).orElse(List.of());
    }

    private static List<ReceivedOffer> offers(ObjectNode json, int version) {
        JsonNode stated = json.path("x402Version");
        if (!stated.isInt() || stated.intValue() != version) {
            return List.of();
        }
        Optional<ObjectNode> resource = version == 1 ? Optional.empty() : WireJson.object(json, "resource");
        List<ReceivedOffer> offers = new ArrayList<>();
        for (JsonNode entry : json.path("accepts")) {
            if (entry instanceof ObjectNode offer) {
                requirements(offer, version, PAYABLE).map(found -> new ReceivedOffer(version, found, offer, resource))
                        .ifPresent(offers::add);
            }
        }
        return List.copyOf(offers);
    }

    /** One offer; empty where it is none of these schemes that could be paid here. */
    static Optional<PaymentRequirements> requirements(ObjectNode offer, int version, Set<String> schemes) {
        String scheme = offer.path("scheme").asText();
        Optional<Network> network = WireJson.text(offer, "network")
                .flatMap(name -> Network.named(name).filter(known -> known.nameIn(version).equals(name)));
        Optional<Usdc> amount = WireJson.text(offer, version == 1 ? "maxAmountRequired" : "amount")
                .filter(text -> AMOUNT.matcher(text).matches())
                .map(text -> new Usdc(Long.parseLong(text)));
        Optional<String> asset = WireJson.text(offer, "asset");
        Optional<String> payTo = WireJson.text(offer, "payTo");
        int timeout = offer.path("maxTimeoutSeconds").isInt() ? offer.get("maxTimeoutSeconds").intValue() : 0;
        if (!schemes.contains(scheme) || network.isEmpty() || amount.isEmpty()
                || asset.isEmpty() || payTo.isEmpty() || timeout <= 0) {
            return Optional.empty();
        }
        return Optional.of(new PaymentRequirements(scheme, network.get(), amount.get(), asset.get(),
                payTo.get(), timeout, textEntries(offer.path("extra"))));
    }

    private static Map<String, String> textEntries(JsonNode extra) {
        Map<String, String> texts = new TreeMap<>();
        extra.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            }
        });
        return texts;
    }
}
