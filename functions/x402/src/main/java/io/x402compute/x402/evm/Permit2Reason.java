package io.x402compute.x402.evm;

import java.util.Map;
import java.util.Optional;

/** Why a payment by Permit2 is refused, in the words of the reference facilitator (2.27). */
public final class Permit2Reason {
    public static final String SPENDER = "invalid_permit2_spender";
    public static final String RECIPIENT_MISMATCH = "invalid_permit2_recipient_mismatch";
    public static final String SIGNATURE = "invalid_permit2_signature";
    public static final String DEADLINE_EXPIRED = "permit2_deadline_expired";
    public static final String NOT_YET_VALID = "permit2_not_yet_valid";
    public static final String AMOUNT_MISMATCH = "permit2_amount_mismatch";
    public static final String TOKEN_MISMATCH = "permit2_token_mismatch";
    /** The payer has to approve Permit2 first; an HTTP answer says 412 and not 402. */
    public static final String ALLOWANCE_REQUIRED = "permit2_allowance_required";
    public static final String INSUFFICIENT_BALANCE = "permit2_insufficient_balance";
    public static final String PROXY_NOT_DEPLOYED = "permit2_proxy_not_deployed";
    public static final String INVALID_NONCE = "permit2_invalid_nonce";
    public static final String SIMULATION_FAILED = "permit2_simulation_failed";

    /** By the names of the errors that Permit2 and the proxy revert with. */
    private static final Map<String, String> OF_ERROR = Map.ofEntries(
            Map.entry("InvalidNonce", INVALID_NONCE),
            Map.entry("SignatureExpired", DEADLINE_EXPIRED),
            Map.entry("InvalidSigner", SIGNATURE),
            Map.entry("InvalidSignature", SIGNATURE),
            Map.entry("InvalidSignatureLength", SIGNATURE),
            Map.entry("InvalidContractSignature", SIGNATURE),
            Map.entry("PaymentTooEarly", "permit2_payment_too_early"),
            Map.entry("InvalidAmount", "permit2_invalid_amount"),
            Map.entry("InvalidDestination", "permit2_invalid_destination"),
            Map.entry("InvalidOwner", "permit2_invalid_owner"),
            Map.entry("AmountExceedsPermitted", UptoEvmReason.AMOUNT_EXCEEDS_PERMITTED),
            Map.entry("UnauthorizedFacilitator", UptoEvmReason.UNAUTHORIZED_FACILITATOR),
            Map.entry("Permit2612AmountMismatch", "permit2_2612_amount_mismatch"));

    private Permit2Reason() {}

    /** What it means that the transfer would revert with that, as far as these contracts say it themselves. */
    static Optional<String> ofRevert(String why) {
        return Optional.ofNullable(OF_ERROR.get(why));
    }
}
