package io.x402compute.x402.extension;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.WireJson;

/** {@code sign-in-with-x}: what a wallet is asked to sign instead of a payment, on a route that costs nothing. */
public final class SignInChallenge {
    public static final String KEY = "sign-in-with-x";

    private SignInChallenge() {}

    /**
     * The text of {@link PaymentHeaders#PAYMENT_REQUIRED} on a route that takes no payment.
     *
     * @param message to be signed; all but the nonce and the times is free to be signed again
     * @param networks with whose accounts it may be signed
     */
    public static String header(SignInMessage message, List<Network> networks, String error) {
        ObjectNode json = WireJson.object().put("x402Version", 2).put("error", error);
        json.putObject("resource").put("url", message.uri());
        json.putArray("accepts");
        ObjectNode extension = json.putObject("extensions").putObject(KEY);
        extension.set("info", info(message));
        ArrayNode chains = extension.putArray("supportedChains");
        networks.forEach(network -> SignInChain.Kind.of(network.caip2()).ifPresent(kind -> chains.addObject()
                .put("chainId", network.caip2())
                .put("type", kind.signatureType())));
        ObjectNode schema = extension.putObject("schema").put("type", "object");
        ArrayNode needed = schema.putArray("required");
        List.of("domain", "address", "uri", "version", "chainId", "type", "nonce", "issuedAt", "signature")
                .forEach(needed::add);
        return WireJson.headerText(json);
    }

    private static ObjectNode info(SignInMessage message) {
        ObjectNode info = WireJson.object().put("domain", message.domain()).put("uri", message.uri())
                .put("version", SignInMessage.VERSION)
                .put("nonce", message.nonce())
                .put("issuedAt", message.issuedAt());
        message.expirationTime().ifPresent(time -> info.put("expirationTime", time));
        message.statement().ifPresent(text -> info.put("statement", text));
        ArrayNode resources = info.putArray("resources");
        message.resources().forEach(resources::add);
        return info;
    }
}
