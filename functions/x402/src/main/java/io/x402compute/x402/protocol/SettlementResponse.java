package io.x402compute.x402.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The receipt a seller sends back.
 *
 * @param success whether the money has moved
 * @param errorReason why not; {@link Reasons#SETTLEMENT_PENDING} means that it still may
 * @param transaction the transfer's hash, or empty where none was sent
 * @param network the chain
 * @param payer who paid; empty where a seller does not say
 * @param amount version 2 only: how much has moved, where the payer has signed no more than the most (scheme {@code upto})
 * @param extensions version 2 only: what else is said, by extension
 */
public record SettlementResponse(
        boolean success, Optional<String> errorReason, String transaction, Network network, String payer,
        Optional<Usdc> amount, Map<String, ObjectNode> extensions) {
    private static final Pattern AMOUNT = Pattern.compile("0|[1-9][0-9]{0,17}");

    public SettlementResponse {
        extensions = Map.copyOf(extensions);
    }

    /** One that uses no extension. */
    public SettlementResponse(boolean success, Optional<String> errorReason, String transaction, Network network,
            String payer) {
        this(success, errorReason, transaction, network, payer, Optional.empty(), Map.of());
    }

    /** The same with these extensions instead of its own. */
    public SettlementResponse with(Map<String, ObjectNode> others) {
        return new SettlementResponse(success, errorReason, transaction, network, payer, amount, others);
    }

    public static SettlementResponse settled(String transaction, Network network, String payer) {
        return new SettlementResponse(true, Optional.empty(), transaction, network, payer);
    }

    /** That of a payment of which so much was taken; without a transaction where that was nothing. */
    public static SettlementResponse settled(String transaction, Network network, String payer, Usdc amount) {
        return new SettlementResponse(true, Optional.empty(), transaction, network, payer, Optional.of(amount),
                Map.of());
    }

    public static SettlementResponse failed(String reason, String transaction, Network network, String payer) {
        return new SettlementResponse(false, Optional.of(reason), transaction, network, payer);
    }

    /** True when asking again may bring another answer. */
    public boolean isPending() {
        return !success && errorReason.filter(Reasons.SETTLEMENT_PENDING::equals).isPresent();
    }

    /** The text of {@code PAYMENT-RESPONSE} (version 2) or {@code X-PAYMENT-RESPONSE} (version 1). */
    public String header(int version) {
        ObjectNode json = WireJson.object().put("success", success);
        errorReason.ifPresent(reason -> json.put("errorReason", reason));
        json.put("transaction", transaction).put("network", network.nameIn(version)).put("payer", payer);
        if (version > 1) {
            amount.ifPresent(moved -> json.put("amount", moved.atomicUnits()));
        }
        if (version > 1 && !extensions.isEmpty()) {
            json.putObject("extensions").setAll(extensions);
        }
        return WireJson.headerText(json);
    }

    /** The receipt in a header of either version; empty when it is none. */
    public static Optional<SettlementResponse> decode(String header) {
        return header.length() > PaymentHeaders.MAX_LENGTH
                ? Optional.empty()
                : WireJson.parseHeader(header).flatMap(SettlementResponse::read);
    }

    private static Optional<SettlementResponse> read(ObjectNode json) {
        JsonNode success = json.path("success");
        Optional<Network> network = WireJson.text(json, "network").flatMap(Network::named);
        Optional<String> transaction = WireJson.text(json, "transaction");
        if (!success.isBoolean() || network.isEmpty() || transaction.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SettlementResponse(success.booleanValue(), WireJson.text(json, "errorReason"),
                transaction.get(), network.get(), WireJson.text(json, "payer").orElse(""), amount(json),
                extensions(json)));
    }

    private static Optional<Usdc> amount(ObjectNode json) {
        return WireJson.text(json, "amount").filter(text -> AMOUNT.matcher(text).matches())
                .map(text -> new Usdc(Long.parseLong(text)));
    }

    private static Map<String, ObjectNode> extensions(ObjectNode json) {
        Map<String, ObjectNode> extensions = new LinkedHashMap<>();
        json.path("extensions").properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode extension) {
                extensions.put(entry.getKey(), extension);
            }
        });
        return extensions;
    }
}
