package io.x402compute.handler;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.facilitation.SettleOutcome;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Reasons;

/**
 * What a facilitator says, as sellers' clients read it. A payment that does not settle is no error of the call: 200. Where nobody can say, it is
 * 503, whose body is the protocol's all the same, because clients read it there.
 */
final class FacilitatorJson {
    private static final String RETRY_SECONDS = "5";

    private FacilitatorJson() {}

    static ApiResponse of(Verification verification, Optional<String> payer) {
        ObjectNode json = Json.object();
        return switch (verification) {
            case Verification.Verified(String verified) -> ApiResponse
                    .ok(json.put("isValid", true).put("payer", verified));
            case Verification.Rejected(String reason, String message) -> {
                json.put("isValid", false).put("invalidReason", reason);
                said(json, "invalidMessage", message);
                payer.ifPresent(wallet -> json.put("payer", wallet));
                yield ApiResponse.ok(json);
            }
            case Verification.Unavailable(String why) -> {
                json.put("isValid", false).put("invalidReason", Reasons.UNEXPECTED_VERIFY_ERROR)
                        .put("invalidMessage", "the network cannot be reached");
                payer.ifPresent(wallet -> json.put("payer", wallet));
                yield unavailable(json);
            }
        };
    }

    static ApiResponse of(SettleOutcome outcome, Payment payment) {
        Network network = payment.requirements().network();
        int version = payment.payload().version();
        return switch (outcome) {
            case SettleOutcome.Settled(String transaction) -> ApiResponse.ok(
                    settlement(true, transaction, network, version).put("payer", payment.payer()));
            case SettleOutcome.Failed(String reason, String message, String transaction) -> {
                ObjectNode json = failure(reason, transaction, network, version);
                said(json, "errorMessage", message);
                yield ApiResponse.ok(json.put("payer", payment.payer()));
            }
            case SettleOutcome.Pending(String transaction) -> ApiResponse.ok(
                    failure(Reasons.SETTLEMENT_PENDING, transaction, network, version).put("payer", payment.payer()));
            case SettleOutcome.Unavailable(String why) -> {
                ObjectNode json = failure(Reasons.UNEXPECTED_SETTLE_ERROR, "", network, version);
                said(json, "errorMessage", "the network cannot be reached; nothing was sent");
                yield unavailable(json.put("payer", payment.payer()));
            }
        };
    }

    /** @param network empty where it is none that is known here */
    static ApiResponse unsettleable(String reason, int version, Optional<Network> network) {
        return ApiResponse.ok(Json.object().put("success", false).put("errorReason", reason).put("transaction", "")
                .put("network", network.map(known -> known.nameIn(version)).orElse("")));
    }

    static ObjectNode supported(Settings settings, String settler) {
        ObjectNode json = Json.object();
        ArrayNode kinds = json.putArray("kinds");
        json.putArray("extensions");
        ObjectNode signers = json.putObject("signers");
        kind(kinds, settings.evmNetwork(), Optional.empty());
        signers.putArray("eip155:*").add(settler);
        if (settings.offersSolana()) {
            kind(kinds, settings.solanaNetwork(), Optional.of(settings.solanaFeePayer()));
            signers.putArray("solana:*").add(settings.solanaFeePayer());
        }
        return json;
    }

    private static void kind(ArrayNode kinds, Network network, Optional<String> feePayer) {
        for (int version = 1; version <= 2; version++) {
            ObjectNode kind = kinds.addObject().put("x402Version", version).put("scheme", PaymentRequirements.EXACT)
                    .put("network", network.nameIn(version));
            feePayer.ifPresent(
                    account -> kind.set("extra", Json.object().put(PaymentRequirements.FEE_PAYER, account)));
        }
    }

    private static ObjectNode settlement(boolean success, String transaction, Network network, int version) {
        return Json.object().put("success", success).put("transaction", transaction)
                .put("network", network.nameIn(version));
    }

    private static ObjectNode failure(String reason, String transaction, Network network, int version) {
        return settlement(false, transaction, network, version).put("errorReason", reason);
    }

    private static void said(ObjectNode json, String field, String message) {
        if (!message.isEmpty()) {
            json.put(field, message);
        }
    }

    private static ApiResponse unavailable(ObjectNode json) {
        return ApiResponse.of(503, json).withHeader(ApiException.RETRY_AFTER, RETRY_SECONDS);
    }
}
