package io.x402compute.x402.extension;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.WireJson;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * A message, who is said to have signed it, and the signature: the header {@code SIGN-IN-WITH-X}, read but not believed.
 *
 * @param address as its wallet writes it
 * @param chainId a CAIP-2 id
 * @param signature Ethereum: {@code 0x} and hex of {@code personal_sign}; Solana: base58 of Ed25519
 */
public record SignInProof(SignInMessage message, String address, String chainId, String signature) {
    public static final String HEADER = "SIGN-IN-WITH-X";

    private static final int MOST_CHARACTERS = 8192;
    private static final Pattern TYPE = Pattern.compile("eip191|ed25519");
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{8,128}");

    /** Leaves the decoder at the first thing that is wrong. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable() {
            super("", null, false, false);
        }
    }

    /** Signs with a wallet on an EVM chain. */
    public static SignInProof of(SignInMessage message, EvmWallet wallet, Network network) {
        String text = message.text(chain(network), wallet.address());
        return new SignInProof(message, wallet.address(), network.caip2(), wallet.signMessage(text));
    }

    /** Signs with a wallet on Solana. */
    public static SignInProof of(SignInMessage message, SolanaWallet wallet, Network network) {
        byte[] text = message.text(chain(network), wallet.address()).getBytes(StandardCharsets.UTF_8);
        return new SignInProof(message, wallet.address(), network.caip2(), Base58.encode(wallet.sign(text)));
    }

    /** The proof in a header; empty when it is none. Never throws. */
    public static Optional<SignInProof> decode(String header) {
        Optional<ObjectNode> json = header.length() > MOST_CHARACTERS
                ? Optional.empty()
                : WireJson.parseHeader(header);
        try {
            return json.isPresent() ? Optional.of(read(json.get())) : Optional.empty();
        } catch (Unreadable none) {
            return Optional.empty();
        }
    }

    /** What goes into the header. */
    public String header() {
        ObjectNode json = WireJson.object().put("domain", message.domain()).put("address", address);
        message.statement().ifPresent(text -> json.put("statement", text));
        json.put("uri", message.uri()).put("version", SignInMessage.VERSION).put("chainId", chainId);
        SignInChain.Kind.of(chainId).ifPresent(kind -> json.put("type", kind.signatureType()));
        json.put("nonce", message.nonce()).put("issuedAt", message.issuedAt());
        message.expirationTime().ifPresent(time -> json.put("expirationTime", time));
        message.notBefore().ifPresent(time -> json.put("notBefore", time));
        message.requestId().ifPresent(id -> json.put("requestId", id));
        if (!message.resources().isEmpty()) {
            ArrayNode resources = json.putArray("resources");
            message.resources().forEach(resources::add);
        }
        return WireJson.headerText(json.put("signature", signature));
    }

    private static SignInProof read(ObjectNode json) throws Unreadable {
        if (!text(json, "version").equals(SignInMessage.VERSION) || !TYPE.matcher(text(json, "type")).matches()
                || !NONCE.matcher(text(json, "nonce")).matches()) {
            throw new Unreadable();
        }
        SignInMessage message = new SignInMessage(text(json, "domain"), optional(json, "statement"), text(json, "uri"),
                text(json, "nonce"), text(json, "issuedAt"), optional(json, "expirationTime"),
                optional(json, "notBefore"), optional(json, "requestId"), resources(json));
        String address = text(json, "address");
        if (!message.isOfSingleLines() || address.chars().anyMatch(Character::isISOControl)) {
            throw new Unreadable();
        }
        return new SignInProof(message, address, text(json, "chainId"), text(json, "signature"));
    }

    private static String text(ObjectNode json, String field) throws Unreadable {
        return WireJson.text(json, field).orElseThrow(Unreadable::new);
    }

    private static Optional<String> optional(ObjectNode json, String field) throws Unreadable {
        return json.has(field) ? Optional.of(text(json, field)) : Optional.empty();
    }

    private static List<String> resources(ObjectNode json) throws Unreadable {
        List<String> resources = new ArrayList<>();
        if (json.has("resources") && !json.get("resources").isArray()) {
            throw new Unreadable();
        }
        for (JsonNode resource : json.path("resources")) {
            if (!resource.isTextual()) {
                throw new Unreadable();
            }
            resources.add(resource.textValue());
        }
        return resources;
    }

    private static SignInChain chain(Network network) {
        return SignInChain.of(network.caip2()).orElseThrow();
    }
}
