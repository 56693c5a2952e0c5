package io.x402compute.x402.solana;

import java.util.List;

/** Why a payment is refused, in the words of the reference facilitator (2.27), which clients know. */
public final class ExactSvmReason {
    private static final String PREFIX = "invalid_exact_svm_";
    private static final String PAYLOAD = PREFIX + "payload_";
    private static final String TRANSACTION = PAYLOAD + "transaction";
    private static final String TOO_HIGH = "_too_high";

    public static final String SCHEME = PREFIX + "unsupported_scheme";
    public static final String NETWORK_MISMATCH = PREFIX + "network_mismatch";
    public static final String MISSING_FEE_PAYER = PAYLOAD + "missing_fee_payer";
    public static final String FEE_PAYER_NOT_MANAGED = PREFIX + "fee_payer_not_managed_by_facilitator";
    public static final String INVALID_TRANSACTION = TRANSACTION;
    public static final String UNDECODABLE = TRANSACTION + "_could_not_be_decoded";
    public static final String EXCESSIVE_SIGNERS = PAYLOAD + "excessive_signers";
    public static final String FEE_PAYER_MISMATCH = PREFIX + "fee_payer_mismatch";
    public static final String SIGNATURE = PAYLOAD + "signature_invalid";
    public static final String LOOKUPS = PREFIX + "smart_wallet_alt_resolution_not_available";
    public static final String LENGTH = TRANSACTION + "_instructions_length";
    public static final String COMPUTE_LIMIT = TRANSACTION + "_instructions_compute_limit_instruction";
    public static final String COMPUTE_LIMIT_TOO_HIGH = COMPUTE_LIMIT + TOO_HIGH;
    public static final String COMPUTE_PRICE = TRANSACTION + "_instructions_compute_price_instruction";
    public static final String COMPUTE_PRICE_TOO_HIGH = COMPUTE_PRICE + TOO_HIGH;
    public static final String NO_TRANSFER = PAYLOAD + "no_transfer_instruction";
    public static final String FEE_PAYER_TRANSFERRING = TRANSACTION + "_fee_payer_transferring_funds";
    /** A word of the first version; the second has none for it. */
    public static final String FEE_PAYER_INCLUDED = TRANSACTION + "_fee_payer_included_in_instruction_accounts";
    public static final String MINT_MISMATCH = PAYLOAD + "mint_mismatch";
    public static final String RECIPIENT_MISMATCH = PAYLOAD + "recipient_mismatch";
    public static final String AMOUNT_MISMATCH = PAYLOAD + "amount_mismatch";
    public static final String MEMO_COUNT = PAYLOAD + "memo_count";
    public static final String MEMO_MISMATCH = PAYLOAD + "memo_mismatch";
    public static final String SIMULATION_FAILED = PREFIX + "transaction_simulation_failed";
    public static final String TRANSACTION_FAILED = PREFIX + "transaction_failed";
    /** A word of the first version: its blockhash is forgotten, and it was not executed. */
    public static final String EXPIRED = "settle_exact_svm_block_height_exceeded";

    private static final List<String> OTHERS = List.of("fourth", "fifth", "sixth", "seventh");

    private ExactSvmReason() {}

    /** For an instruction after the transfer, counted from 0, that has no business there. */
    static String unknownInstruction(int after) {
        return PAYLOAD + "unknown_" + OTHERS.get(after) + "_instruction";
    }
}
