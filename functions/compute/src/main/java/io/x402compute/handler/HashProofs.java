package io.x402compute.handler;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.Json;
import io.x402compute.order.PaymentProof;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.protocol.WireJson;

/**
 * The headers in which clients from before x402 show that they have paid: {@code X-Payment-Proof} with JSON, or a payment header of version 1
 * with a transaction in place of a payment. A challenge tells them in {@code X-Payment-Required} what to pay.
 */
final class HashProofs {
    static final String REQUIRED = "X-Payment-Required";
    static final String PROOF = "X-Payment-Proof";

    /** As the gateway joins headers of one name. */
    private static final Pattern TWO_OBJECTS = Pattern.compile("}\\s*,\\s*\\{");
    private static final int MAX_LENGTH = 1_024;

    private final Set<Network> networks;

    /** @param networks where transactions count */
    HashProofs(Set<Network> networks) {
        this.networks = Set.copyOf(networks);
    }

    /** What a request shows. */
    sealed interface Shown {
        record Nothing() implements Shown {}

        record Transaction(PaymentProof proof) implements Shown {}

        record Malformed(String reason) implements Shown {}

        record TwoPayments() implements Shown {}
    }

    Shown in(ApiRequest request) {
        Optional<String> proof = request.header(PROOF);
        Optional<String> payment = request.header(PaymentHeaders.X_PAYMENT);
        Optional<String> signed = request.header(PaymentHeaders.PAYMENT_SIGNATURE);
        if (proof.isEmpty()) {
            return payment.flatMap(HashProofs::transaction)
                    .map(json -> signed.isPresent() ? new Shown.TwoPayments() : shown(json, "txHash"))
                    .orElseGet(Shown.Nothing::new);
        }
        if (payment.isPresent() || signed.isPresent() || TWO_OBJECTS.matcher(proof.get()).find()) {
            return new Shown.TwoPayments();
        }
        return Optional.of(proof.get()).filter(text -> text.length() <= MAX_LENGTH)
                .flatMap(text -> WireJson.parse(text.getBytes(StandardCharsets.UTF_8)))
                .map(json -> shown(json, "tx_hash"))
                .orElseGet(HashProofs::malformed);
    }

    /** A header of version 1 that holds no payment of any version. */
    private static Optional<ObjectNode> transaction(String header) {
        return Optional.of(header).filter(text -> text.length() <= MAX_LENGTH).flatMap(WireJson::parseHeader)
                .filter(json -> json.has("txHash") && !json.has("x402Version"));
    }

    private Shown shown(ObjectNode json, String field) {
        Optional<String> hash = WireJson.text(json, field);
        Optional<Network> network = json.hasNonNull("chain")
                ? WireJson.text(json, "chain").flatMap(Network::named)
                : hash.flatMap(this::networkOf);
        if (hash.isEmpty()) {
            return malformed();
        }
        if (network.filter(networks::contains).isEmpty()) {
            return new Shown.Malformed(Reasons.INVALID_NETWORK);
        }
        Optional<Wallet> from = WireJson.text(json, "from").flatMap(Wallet::of);
        return TransactionId.of(network.get(), hash.get())
                .filter(any -> from.isPresent() == json.hasNonNull("from"))
                .<Shown>map(transaction -> new Shown.Transaction(new PaymentProof(transaction, from)))
                .orElseGet(HashProofs::malformed);
    }

    /** Where no chain is named, the form of the hash tells. */
    private Optional<Network> networkOf(String hash) {
        return networks.stream().filter(network -> TransactionId.of(network, hash).isPresent()).findFirst();
    }

    private static Shown malformed() {
        return new Shown.Malformed(Reasons.INVALID_PAYLOAD);
    }

    /** The value of {@link #REQUIRED}: dollars with six decimals, to be paid to the last of them. */
    static String required(PaymentRequirements offer) {
        return Json.object()
                .put("amount", offer.amount().dollars().toPlainString())
                .put("currency", "USDC")
                .put("chain", offer.network().v1Name())
                .put("address", offer.payTo())
                .toString();
    }
}
