package io.x402compute.x402.protocol;

import java.math.BigInteger;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A token's own permit (EIP-2612) for Permit2, which spares its payer the approval. Addresses are {@code 0x} and 40
 * lower-case hex digits.
 *
 * @param from whose tokens
 * @param asset the token
 * @param spender who may take them
 * @param amount how many, in atomic units
 * @param nonce how many permits of the owner the token has taken before
 * @param deadline Unix seconds; the last one in which the token takes it
 * @param signature {@code 0x} and hex
 */
public record Eip2612Permit(String from, String asset, String spender, BigInteger amount, BigInteger nonce,
        BigInteger deadline, String signature) {
    /** The {@code extensions} of a payment that brings it. */
    public ObjectNode toExtensions() {
        ObjectNode extensions = WireJson.object();
        extensions.putObject(GasSponsoring.EXTENSION).putObject("info")
                .put("from", from)
                .put("asset", asset)
                .put("spender", spender)
                .put("amount", amount.toString())
                .put("nonce", nonce.toString())
                .put("deadline", deadline.toString())
                .put("signature", signature)
                .put("version", "1");
        return extensions;
    }
}
