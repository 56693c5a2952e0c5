package io.x402compute.x402.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sample exchange of the x402 specifications (Base Sepolia, 0.01 USDC). */
public final class Vectors {
    public static final String PAYER = "0x857b06519E91e3A54538791bDbb0E22373e36b66";
    public static final String PAY_TO = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    public static final String ASSET = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
    public static final String NONCE = "0xf3746613c2d920b5fdabc0856f2aeb2d4f88ee6037b8cc5d04a71a4462f13480";
    public static final String SIGNATURE = "0x2d6a7588d6acca505cbf0d9a4a227e0c52c6c34008c8e8986a1283259764173608a2ce6496642e377"
            + "d6da8dbbf5836e9bd15092f9ecab05ded3d6293af148b571c";
    public static final String TRANSACTION = "0x1234567890abcdef1234567890abcdef1234567890abcdef1234567890abcdef";
    public static final Resource RESOURCE = new Resource("https://api.example.com/premium-data",
            "Access to premium market data", "application/json");
    public static final PaymentRequirements OFFER = new PaymentRequirements("exact", Network.BASE_SEPOLIA,
            new Usdc(10_000), ASSET, PAY_TO, 60, Map.of("name", "USDC", "version", "2"));

    /** The well-known development key 0, which signs the same transfer in the second set of samples. */
    public static final String DEV_PAYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    public static final String DEV_SIGNATURE = "0xdc53a4a579de989368a0fae2ef2172ff2f474b4297013f865d171239f17ef4c3157b4b403"
            + "0f1bebc53d55ace15c2377dff501a60e1e56c291f1000d6e78f082f1b";

    private Vectors() {}

    public static SchemePayload.Eip3009 signedBy(String payer, String signature) {
        return new SchemePayload.Eip3009(
                new Eip3009Authorization(payer, PAY_TO, BigInteger.valueOf(10_000), BigInteger.valueOf(1740672089),
                        BigInteger.valueOf(1740672154), NONCE),
                signature);
    }

    /** As the decoder leaves it: addresses in lower case. */
    public static SchemePayload.Eip3009 canonical(SchemePayload.Eip3009 signed) {
        Eip3009Authorization told = signed.authorization();
        return new SchemePayload.Eip3009(new Eip3009Authorization(Hex.lowerCase(told.from()), Hex.lowerCase(told.to()),
                told.value(), told.validAfter(), told.validBefore(), told.nonce()), signed.signature());
    }

    public static PaymentPayload version1() {
        return new PaymentPayload(1, "exact", Network.BASE_SEPOLIA, signedBy(PAYER, SIGNATURE), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    public static PaymentPayload version2() {
        return offer().paidWith(signedBy(PAYER, SIGNATURE));
    }

    public static ReceivedOffer offer() {
        return ReceivedOffers.inHeader(new PaymentRequired("", RESOURCE, List.of(OFFER)).v2Header()).getFirst();
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
