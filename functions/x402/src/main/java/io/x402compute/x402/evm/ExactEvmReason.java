package io.x402compute.x402.evm;

/** Why a payment is refused, in the words of the reference facilitator (2.27), which clients know. */
public final class ExactEvmReason {
    public static final String SCHEME = "invalid_exact_evm_scheme";
    public static final String MISSING_DOMAIN = "invalid_exact_evm_missing_eip712_domain";
    public static final String NETWORK_MISMATCH = "invalid_exact_evm_network_mismatch";
    public static final String UNPARSABLE_SIGNATURE = "invalid_exact_evm_failed_to_parse_signature";
    public static final String SIGNATURE = "invalid_exact_evm_signature";
    public static final String UNDEPLOYED_WALLET = "invalid_exact_evm_payload_undeployed_smart_wallet";
    public static final String FACTORY_NOT_ALLOWED = "eip6492_factory_not_allowed";
    public static final String DEPLOYMENT_FAILED = "smart_wallet_deployment_failed";
    public static final String RECIPIENT_MISMATCH = "invalid_exact_evm_recipient_mismatch";
    public static final String VALID_BEFORE = "invalid_exact_evm_payload_authorization_valid_before";
    public static final String VALID_AFTER = "invalid_exact_evm_payload_authorization_valid_after";
    public static final String VALUE_MISMATCH = "invalid_exact_evm_payload_authorization_value_mismatch";
    public static final String PAYLOAD = "invalid_payload";
    public static final String ASSET_NOT_DEPLOYED = "asset_not_deployed_contract";
    public static final String EIP3009_NOT_SUPPORTED = "invalid_exact_evm_eip3009_not_supported";
    public static final String NONCE_ALREADY_USED = "invalid_exact_evm_nonce_already_used";
    public static final String TOKEN_NAME_MISMATCH = "invalid_exact_evm_token_name_mismatch";
    public static final String TOKEN_VERSION_MISMATCH = "invalid_exact_evm_token_version_mismatch";
    public static final String INSUFFICIENT_BALANCE = "invalid_exact_evm_insufficient_balance";
    public static final String SIMULATION_FAILED = "invalid_exact_evm_transaction_simulation_failed";
    public static final String TRANSACTION_STATE = "invalid_transaction_state";
    public static final String TRANSACTION_FAILED = "invalid_exact_evm_transaction_failed";
    public static final String TRANSFER_EVENT_MISMATCH = "invalid_exact_evm_transfer_event_mismatch";

    private ExactEvmReason() {}
}
