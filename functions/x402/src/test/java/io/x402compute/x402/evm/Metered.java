package io.x402compute.x402.evm;

import java.math.BigInteger;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

/** An independently computed {@code upto} payment on Base Sepolia, of key A, which B may settle. */
public final class Metered {
    public static final String PROXY = Hex.lowerCase("0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002");
    public static final String SIGNATURE = "0xdc27df947912596cff752b3aa45dc893384c98812d8b92c8e3825073faae7c08024e244936d3"
            + "3f409fb510a0d57ab028c5d5114a848badfaa544a1299b4368201c";
    public static final PaymentRequirements OFFER = Vectors.SEPOLIA_OFFER.upTo(Vectors.ADDRESS_B);
    public static final Permit2Authorization PERMIT = permit(Vectors.ADDRESS_A, BigInteger.ONE);
    public static final SchemePayload.Upto SIGNED = new SchemePayload.Upto(PERMIT, Hex.lowerCase(Vectors.ADDRESS_B),
            SIGNATURE);
    public static final Payment PAYMENT = Permits.payment(SIGNED, OFFER);

    private Metered() {}

    public static Permit2Authorization permit(String from, BigInteger nonce) {
        Permit2Authorization exact = Permits.permit(from);
        return new Permit2Authorization(exact.from(), exact.token(), exact.amount(), PROXY, nonce, exact.deadline(),
                exact.to(), exact.validAfter());
    }

    /** Signed by key A. */
    public static SchemePayload.Upto signed(Permit2Authorization permit) {
        return EvmWallet.of(Vectors.KEY_A).authorizeUpTo(permit, Vectors.ADDRESS_B, OFFER.network());
    }
}
