package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

/** Published and independently computed values (the keys are public: nobody should ever fund them). */
public final class Vectors {
    public static final String BASE_USDC = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
    public static final String BASE_SEPOLIA_USDC = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";

    public static final String KEY_A = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    public static final String ADDRESS_A = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    public static final String KEY_B = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
    public static final String ADDRESS_B = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    public static final String KEY_ONE = "0x" + "0".repeat(63) + "1";
    public static final String ADDRESS_ONE = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";

    public static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    public static final String NONCE = "0xf3746613c2d920b5fdabc0856f2aeb2d4f88ee6037b8cc5d04a71a4462f13480";
    public static final long VALID_AFTER = 1740672089;
    public static final long VALID_BEFORE = 1740672154;

    public static final String SPEC_PAYER = "0x857b06519E91e3A54538791bDbb0E22373e36b66";
    public static final String SPEC_SIGNATURE = "0x2d6a7588d6acca505cbf0d9a4a227e0c52c6c34008c8e8986a1283259764173608a2ce64"
            + "96642e377d6da8dbbf5836e9bd15092f9ecab05ded3d6293af148b571c";
    public static final String SEPOLIA_SIGNATURE = "0xdc53a4a579de989368a0fae2ef2172ff2f474b4297013f865d171239f17ef4c3157b4b"
            + "4030f1bebc53d55ace15c2377dff501a60e1e56c291f1000d6e78f082f1b";
    public static final String BASE_SIGNATURE = "0xa70a7d235fd4218a3ed6625525892efed6fd1ac6a193ba612bb9da921620bce74885a8f7"
            + "f56d2dc2f46005b7d6a089ae3469455a911004b6c4a6ab600677f56c1c";

    public static final PaymentRequirements SEPOLIA_OFFER = new PaymentRequirements(PaymentRequirements.EXACT,
            Network.BASE_SEPOLIA, new Usdc(10_000), BASE_SEPOLIA_USDC, PAYEE, 60,
            Map.of("name", "USDC", "version", "2"));
    public static final PaymentRequirements BASE_OFFER = new PaymentRequirements(PaymentRequirements.EXACT,
            Network.BASE,
            new Usdc(10_000), BASE_USDC, PAYEE, 60, Map.of("name", "USD Coin", "version", "2"));

    private Vectors() {}

    /** The transfer of the specification's sample, from this account. */
    public static Eip3009Authorization authorization(String from) {
        return new Eip3009Authorization(Hex.lowerCase(from), Hex.lowerCase(PAYEE), BigInteger.valueOf(10_000),
                BigInteger.valueOf(VALID_AFTER), BigInteger.valueOf(VALID_BEFORE), NONCE);
    }

    public static Payment payment(SchemePayload signed, PaymentRequirements requirements) {
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, requirements.network(), signed,
                Optional.empty(), Optional.empty()), requirements);
    }
}
