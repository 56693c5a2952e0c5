package io.x402compute.x402.protocol;

/**
 * The reasons we give when a payment is not taken, as they stand in {@code error}, {@code invalidReason} and
 * {@code errorReason}. The words are those of the specifications and of the reference server, because clients compare them.
 */
public final class Reasons {
    /** No payment was sent. */
    public static final String PAYMENT_REQUIRED = "Payment required";
    /** The client accepted terms that were not offered. */
    public static final String NO_MATCHING_REQUIREMENTS = "No matching payment requirements";
    /** The client changed or dropped something of an extension that it sends back. */
    public static final String EXTENSION_ECHO_MISMATCH = "extension_echo_mismatch";

    public static final String INVALID_X402_VERSION = "invalid_x402_version";
    public static final String INVALID_PAYLOAD = "invalid_payload";
    public static final String INVALID_NETWORK = "invalid_network";
    /** What is asked for is not settled here. */
    public static final String INVALID_PAYMENT_REQUIREMENTS = "invalid_payment_requirements";
    public static final String UNSUPPORTED_SCHEME = "unsupported_scheme";
    /** A transfer method that is not the one offered, such as Permit2. */
    public static final String UNSUPPORTED_PAYLOAD_TYPE = "unsupported_payload_type";

    /** The transfer may still happen, or has happened unseen. */
    public static final String SETTLEMENT_PENDING = "settlement_pending";
    /** The payment has been settled for another request, or is being settled for it. */
    public static final String DUPLICATE_SETTLEMENT = "duplicate_settlement";
    public static final String UNEXPECTED_VERIFY_ERROR = "unexpected_verify_error";
    public static final String UNEXPECTED_SETTLE_ERROR = "unexpected_settle_error";

    private Reasons() {}
}
