package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevertReasonTest {
    @ParameterizedTest
    @CsvSource({"FiatTokenV2: authorization is expired,invalid_exact_evm_payload_authorization_valid_before",
        "FiatTokenV2: authorization is not yet valid,invalid_exact_evm_payload_authorization_valid_after",
        "FiatTokenV2: authorization is used or canceled,invalid_exact_evm_nonce_already_used",
        "ERC20: transfer amount exceeds balance,invalid_exact_evm_insufficient_balance",
        "FiatTokenV2: invalid signature,invalid_exact_evm_signature",
        "Blacklistable: account is blacklisted,invalid_exact_evm_transaction_failed"})
    void usdcsWordsHaveTheirReasons(String words, String reason) {
        assertThat(RevertReason.of(words)).isEqualTo(reason);
    }
}
