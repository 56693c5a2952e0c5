package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

/** Independently computed permits of Permit2, on Base Sepolia. */
public final class Permits {
    public static final String PROXY = Hex.lowerCase("0x402085c248EeA27D92E8b30b2C58ed07f9E20001");
    public static final String SIGNATURE = "0x629f02508108f44666c785419d09918031805ffb1839599b3229a5c368788abf79e805eb7a51"
            + "b16b11af234f4fca728652f02bfd2cdeb429f7f6ceabf6c8aea11c";
    public static final PaymentRequirements OFFER = offer();

    private Permits() {}

    /** The one whose signature by key A is known, from this account. */
    public static Permit2Authorization permit(String from) {
        return new Permit2Authorization(Hex.lowerCase(from), Hex.lowerCase(Vectors.BASE_SEPOLIA_USDC),
                BigInteger.valueOf(10_000), PROXY, BigInteger.ONE, BigInteger.valueOf(Vectors.VALID_BEFORE),
                Hex.lowerCase(Vectors.PAYEE), BigInteger.valueOf(Vectors.VALID_AFTER));
    }

    public static Payment payment(SchemePayload signed) {
        return payment(signed, OFFER);
    }

    public static Payment payment(SchemePayload signed, PaymentRequirements offer) {
        return new Payment(new PaymentPayload(2, offer.scheme(), offer.network(), signed,
                Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }

    private static PaymentRequirements offer() {
        PaymentRequirements byAuthorization = Vectors.SEPOLIA_OFFER;
        Map<String, String> extra = new HashMap<>(byAuthorization.extra());
        extra.put(PaymentRequirements.ASSET_TRANSFER_METHOD, PaymentRequirements.PERMIT2);
        return new PaymentRequirements(PaymentRequirements.EXACT, byAuthorization.network(), byAuthorization.amount(),
                byAuthorization.asset(), byAuthorization.payTo(), byAuthorization.maxTimeoutSeconds(), extra);
    }
}
