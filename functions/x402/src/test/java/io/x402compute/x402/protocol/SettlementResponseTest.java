package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementResponseTest {
    private static final SettlementResponse PENDING = SettlementResponse.failed(Reasons.SETTLEMENT_PENDING, "0xab",
            Network.BASE, Vectors.PAYER);

    @Test
    void receiptOfEitherVersionReadsTheSame() {
        assertThat(SettlementResponse.decode(PENDING.header(1))).contains(PENDING);
        assertThat(SettlementResponse.decode(PENDING.header(2))).contains(PENDING);
    }

    @Test
    void onlyAPendingFailureIsPending() {
        assertThat(PENDING.isPending()).isTrue();
        assertThat(SettlementResponse.failed("insufficient_funds", "", Network.BASE, "").isPending()).isFalse();
        assertThat(SettlementResponse.settled("0xab", Network.BASE, "").isPending()).isFalse();
    }

    @Test
    void sellersMayLeaveThePayerOutOrSendNull() {
        assertThat(decode("{\"success\":true,\"errorReason\":null,\"transaction\":\"0xab\",\"network\":\"base\"}"))
                .contains(SettlementResponse.settled("0xab", Network.BASE, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"success\":\"true\",\"transaction\":\"0xab\",\"network\":\"base\"}",
        "{\"success\":true,\"network\":\"base\"}", "{\"success\":true,\"transaction\":\"0xab\",\"network\":\"x\"}",
        "{\"success\":true,\"success\":false,\"transaction\":\"0xab\",\"network\":\"base\"}"})
    void whatIsNoReceiptIsNone(String json) {
        assertThat(decode(json)).isEmpty();
    }

    private static Optional<SettlementResponse> decode(String json) {
        return SettlementResponse.decode(Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
    }
}
