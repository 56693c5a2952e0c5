package io.x402compute.x402.protocol;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One way to pay for a resource: the terms a payer signs against. Both versions' wire forms are made from this one.
 *
 * @param scheme {@code exact}, or {@code upto}, of version 2 only
 * @param network the chain the transfer happens on
 * @param amount what is transferred: by {@code exact} exactly; by {@code upto} at most, until it is known how much was used
 * @param asset the token: a checksummed EVM contract address or an SPL mint
 * @param payTo the receiver: a checksummed EVM address or a Solana owner (not its token account)
 * @param maxTimeoutSeconds how long the offer holds
 * @param extra scheme data, sent in the order of its keys: on EVM the token's EIP-712 domain {@code name} and
 *     {@code version}, on Solana the {@link #FEE_PAYER}, and {@code paymentFlow} where it is not the protocol's default
 */
public record PaymentRequirements(
        String scheme,
        Network network,
        Usdc amount,
        String asset,
        String payTo,
        int maxTimeoutSeconds,
        Map<String, String> extra) {
    public static final String EXACT = "exact";
    /** A payment of as much as was used, up to the amount that the payer has signed. */
    public static final String UPTO = "upto";

    /** In {@code extra}: when the money moves. Absent means after the work, the protocol's {@code authorization} flow. */
    public static final String PAYMENT_FLOW = "paymentFlow";
    /** The {@link #PAYMENT_FLOW} in which the money moves before the work starts. */
    public static final String UPFRONT = "upfront";

    /** In {@code extra}, on Solana only: who pays the fees, an account of the facilitator's. */
    public static final String FEE_PAYER = "feePayer";
    /** In {@code extra}, on Solana only: the text that the payment has to carry, at most 256 bytes. */
    public static final String MEMO = "memo";

    /** In {@code extra}, on EVM only: how the money moves. Absent means by EIP-3009. */
    public static final String ASSET_TRANSFER_METHOD = "assetTransferMethod";
    /** The {@link #ASSET_TRANSFER_METHOD} by Permit2. */
    public static final String PERMIT2 = "permit2";
    /** In {@code extra}, of {@link #UPTO} only: the account that settles, which the payer signs. */
    public static final String FACILITATOR_ADDRESS = "facilitatorAddress";
    private static final Set<String> V1_EVM_EXTRA = Set.of("name", "version");

    public PaymentRequirements {
        // Sorted: the same offer has to be the same text in every process, or clients cannot send it back equal.
        extra = Collections.unmodifiableMap(new TreeMap<>(extra));
    }

    public PaymentRequirements withAmount(Usdc other) {
        return new PaymentRequirements(scheme, network, other, asset, payTo, maxTimeoutSeconds, extra);
    }

    /**
     * The same terms for a payment of as much as was used, with this amount as its maximum.
     *
     * @param facilitator the address of the only account that may settle it
     * @throws IllegalStateException anywhere but on an EVM chain
     */
    public PaymentRequirements upTo(String facilitator) {
        if (!network.isEvm()) {
            throw new IllegalStateException("only EVM chains have the scheme upto");
        }
        Map<String, String> metered = new TreeMap<>(extra);
        // What was used is known after the work, so the money cannot move before it.
        metered.remove(PAYMENT_FLOW);
        metered.put(ASSET_TRANSFER_METHOD, PERMIT2);
        metered.put(FACILITATOR_ADDRESS, facilitator);
        return new PaymentRequirements(UPTO, network, amount, asset, payTo, maxTimeoutSeconds, metered);
    }

    /** Of those schemes the ones that the version has words for. */
    static Set<String> ofVersion(int version, Set<String> schemes) {
        return schemes.stream().filter(scheme -> version > 1 || scheme.equals(EXACT))
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean isMetered() {
        return scheme.equals(UPTO);
    }

    public boolean isByPermit2() {
        return PERMIT2.equals(extra.get(ASSET_TRANSFER_METHOD));
    }

    /** Whether what was signed is of the kind that this asks for; whether its terms are these is not looked at. */
    public boolean asksFor(SchemePayload signed) {
        return switch (signed) {
            case SchemePayload.Eip3009 authorization -> scheme.equals(EXACT) && network.isEvm() && !isByPermit2();
            case SchemePayload.Permit2 permit -> scheme.equals(EXACT) && network.isEvm() && isByPermit2();
            case SchemePayload.Upto permit -> isMetered() && network.isEvm() && isByPermit2();
            case SchemePayload.Solana transaction -> scheme.equals(EXACT) && !network.isEvm();
        };
    }

    /** The version 2 wire form. */
    public ObjectNode toV2Json() {
        ObjectNode json = WireJson.object()
                .put("scheme", scheme)
                .put("network", network.caip2())
                .put("amount", amount.atomicUnits())
                .put("asset", asset)
                .put("payTo", payTo)
                .put("maxTimeoutSeconds", maxTimeoutSeconds);
        ObjectNode extraJson = json.putObject("extra");
        extra.forEach(extraJson::put);
        return json;
    }

    /**
     * The version 1 wire form, which names what is sold inside the offer. Every field is there, because clients of version 1
     * refuse a 402 with a missing one; {@code outputSchema} is not, because they refuse null too.
     */
    public ObjectNode toV1Json(Resource resource) {
        ObjectNode json = WireJson.object()
                .put("scheme", scheme)
                .put("network", network.v1Name())
                .put("maxAmountRequired", amount.atomicUnits())
                .put("resource", resource.url())
                .put("description", ascii(resource.description()))
                .put("mimeType", resource.mimeType())
                .put("payTo", payTo)
                .put("maxTimeoutSeconds", maxTimeoutSeconds)
                .put("asset", asset);
        ObjectNode extraJson = json.putObject("extra");
        extra.entrySet().stream()
                .filter(entry -> isInV1(entry.getKey()))
                .forEach(entry -> extraJson.put(entry.getKey(), entry.getValue()));
        return json;
    }

    /** Version 1 knows no payment flows, and on EVM nothing but the token's domain. */
    private boolean isInV1(String extraKey) {
        return network.isEvm() ? V1_EVM_EXTRA.contains(extraKey) : !extraKey.equals(PAYMENT_FLOW);
    }

    /** Version 1 clients encode what they echo as Latin-1. */
    private static String ascii(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
