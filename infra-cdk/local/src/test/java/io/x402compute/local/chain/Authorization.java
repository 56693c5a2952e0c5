package io.x402compute.local.chain;

import java.util.List;
import java.util.Map;

/** An EIP-3009 authorization to pay the operator, signed by the node itself with one of its development keys. */
record Authorization(String from, String to, long micros, long validAfter, long validBefore, String nonce) {
    private static final List<Map<String, String>> DOMAIN_FIELDS = List.of(
            field("string", "name"), field("string", "version"), field("uint256", "chainId"),
            field("address", "verifyingContract"));
    private static final List<Map<String, String>> TRANSFER_FIELDS = List.of(
            field("address", "from"), field("address", "to"), field("uint256", "value"), field("uint256", "validAfter"),
            field("uint256", "validBefore"), field("bytes32", "nonce"));
    private static final Map<String, Object> DOMAIN = Map.of("name", "USD Coin", "version", "2", "chainId",
            LocalEvm.CHAIN_ID, "verifyingContract", LocalEvm.USDC);

    private static Map<String, String> field(String type, String name) {
        return Map.of("name", name, "type", type);
    }

    Authorization paying(long otherMicros) {
        return new Authorization(from, to, otherMicros, validAfter, validBefore, nonce);
    }

    Authorization validAfter(long second) {
        return new Authorization(from, to, micros, second, validBefore, nonce);
    }

    Authorization validBefore(long second) {
        return new Authorization(from, to, micros, validAfter, second, nonce);
    }

    /** 65 bytes: r, s, v. The signer need not be the payer. */
    String signedBy(String signer, JsonRpc node) {
        return signedBy(signer, node, "TransferWithAuthorization");
    }

    String signedBy(String signer, JsonRpc node, String type) {
        return sign(signer, node, type, TRANSFER_FIELDS, Map.of("from", from, "to", to, "value", Long.toString(micros),
                "validAfter", Long.toString(validAfter), "validBefore", Long.toString(validBefore), "nonce", nonce));
    }

    String cancellationSignedBy(String signer, JsonRpc node) {
        return sign(signer, node, "CancelAuthorization",
                List.of(field("address", "authorizer"), field("bytes32", "nonce")),
                Map.of("authorizer", from, "nonce", nonce));
    }

    private static String sign(String signer, JsonRpc node, String type, List<Map<String, String>> fields,
            Map<String, String> message) {
        return node.call("eth_signTypedData_v4", signer, Map.of("types",
                Map.of("EIP712Domain", DOMAIN_FIELDS, type, fields), "primaryType", type, "domain", DOMAIN, "message",
                message)).asText();
    }

    String words() {
        return Abi.words(from, to, Abi.word(micros), Abi.word(validAfter), Abi.word(validBefore), nonce);
    }
}
