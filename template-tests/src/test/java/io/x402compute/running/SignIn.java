package io.x402compute.running;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.extension.SignInMessage;
import io.x402compute.x402.extension.SignInProof;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.WireJson;

/** Signs in by what a 401 asks to be signed. */
final class SignIn {
    private SignIn() {}

    /** The header of a right proof. */
    static String header(Agent agent, String path) {
        return header(agent, path, message -> message);
    }

    /** The header of a proof, changed after it was signed. */
    static String changed(Agent agent, String path, UnaryOperator<ObjectNode> change) {
        return WireJson.headerText(change.apply(WireJson.parseHeader(header(agent, path)).orElseThrow()));
    }

    /** The header of a proof of something else than was asked for. */
    static String header(Agent agent, String path, UnaryOperator<SignInMessage> change) {
        SignInProof proof = SignInProof.of(change.apply(asked(agent, path)), agent.wallet(), Network.BASE);
        UsedSecrets.remember(proof.signature());
        return proof.header();
    }

    private static SignInMessage asked(Agent agent, String path) {
        String challenge = agent.send("GET", path, Map.of(), new byte[0]).headers().firstValue("PAYMENT-REQUIRED")
                .orElseThrow();
        JsonNode info = WireJson.parseHeader(challenge).orElseThrow().at("/extensions/sign-in-with-x/info");
        return new SignInMessage(info.path("domain").textValue(), Optional.of(info.path("statement").textValue()),
                info.path("uri").textValue(), info.path("nonce").textValue(), info.path("issuedAt").textValue(),
                Optional.of(info.path("expirationTime").textValue()), Optional.empty(), Optional.empty(),
                List.of(info.at("/resources/0").textValue()));
    }
}
