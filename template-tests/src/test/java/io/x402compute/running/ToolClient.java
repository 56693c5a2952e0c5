package io.x402compute.running;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.ReceivedOffers;
import io.x402compute.x402.protocol.WireJson;

/** An agent that knows the API by its tools, and sends each call by hand. */
final class ToolClient {
    static final String PATH = "/mcp";

    private final Agent agent;

    ToolClient(Agent agent) {
        this.agent = agent;
    }

    /** The result of a call by nobody. */
    JsonNode call(String tool, ObjectNode arguments) {
        return call(tool, arguments, Map.of());
    }

    JsonNode call(String tool, ObjectNode arguments, Map<String, String> headers) {
        return result(agent.post(PATH, message(tool, arguments, Optional.empty()), headers));
    }

    /** The result of a call in a request that the wallet signs. */
    JsonNode signed(String tool, ObjectNode arguments) {
        return result(agent.signed(PATH, message(tool, arguments, Optional.empty())));
    }

    JsonNode pay(String tool, ObjectNode arguments, PaymentPayload payment) {
        UsedSecrets.remember(payment.headerText());
        return result(agent.post(PATH, message(tool, arguments, Optional.of(payment)), Map.of()));
    }

    /** Pays in a request that is signed, too. */
    JsonNode paySigned(String tool, ObjectNode arguments) {
        return result(agent.signed(PATH, message(tool, arguments, Optional.of(agent.sign(offer(tool, arguments))))));
    }

    JsonNode buy(String tool, ObjectNode arguments) {
        return pay(tool, arguments, agent.sign(offer(tool, arguments)));
    }

    /** What is asked on Base. */
    ReceivedOffer offer(String tool, ObjectNode arguments) {
        return offers(call(tool, arguments)).stream().filter(
                offer -> offer.requirements().network().isEvm() && !offer.requirements().isByPermit2()).findFirst()
                .orElseThrow();
    }

    static List<ReceivedOffer> offers(JsonNode result) {
        return ReceivedOffers.inHeader(WireJson.headerText((ObjectNode) result.path("structuredContent")));
    }

    static ObjectNode message(String tool, ObjectNode arguments, Optional<PaymentPayload> payment) {
        ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
        ObjectNode params = message.putObject("params").put("name", tool);
        params.set("arguments", arguments);
        payment.ifPresent(paid -> params.putObject("_meta").set("x402/payment", paid.toJson()));
        return message;
    }

    private static JsonNode result(Answer answer) {
        JsonNode result = answer.body().path("result");
        if (answer.status() != 200 || result.isMissingNode()) {
            throw new AssertionError("%s answered %d %s".formatted(PATH, answer.status(), answer.body()));
        }
        return result;
    }
}
