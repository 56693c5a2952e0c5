package io.x402compute.x402.evm;

/** Why an {@code upto} payment is refused, beside {@link Permit2Reason}, in the words of the reference facilitator (2.27). */
public final class UptoEvmReason {
    public static final String SCHEME = "invalid_upto_evm_scheme";
    public static final String NETWORK_MISMATCH = "invalid_upto_evm_network_mismatch";
    /** The payer has named somebody else to settle. */
    public static final String FACILITATOR_MISMATCH = "upto_facilitator_mismatch";
    /** More is to be taken than the payer has signed. */
    public static final String EXCEEDS_AMOUNT = "invalid_upto_evm_payload_settlement_exceeds_amount";
    /** The same, in the contract's words. */
    public static final String AMOUNT_EXCEEDS_PERMITTED = "upto_amount_exceeds_permitted";
    public static final String UNAUTHORIZED_FACILITATOR = "upto_unauthorized_facilitator";
    public static final String TRANSACTION_FAILED = "invalid_upto_evm_transaction_failed";

    private UptoEvmReason() {}
}
