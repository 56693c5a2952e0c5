package io.x402compute.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "8e03978e-40d5-43dd-bc93-6894a57f9324", "~", "order 7, second try", "\"quoted\""})
    void anyPrintableTextIsAKey(String text) {
        assertThat(sent(text).idempotencyKey()).contains(new IdempotencyKey(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "schlüssel", "two\nlines", "tab\t", "\u007f"})
    void everythingElseIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void aKeyHas255CharactersAtMost() {
        assertThat(sent("k".repeat(255)).idempotencyKey()).isPresent();
        assertRefused("k".repeat(256));
    }

    @Test
    void aRequestWithoutTheHeaderHasNone() {
        assertThat(request(Map.of()).idempotencyKey()).isEmpty();
    }

    @Test
    void theSameKeyOfAnotherScopeIsStoredUnderAnotherName() {
        IdempotencyKey key = new IdempotencyKey("order-1");

        assertThat(key.hash("0xa")).isEqualTo(new IdempotencyKey("order-1").hash("0xa")).hasSize(64)
                .isNotEqualTo(key.hash("0xb"));
    }

    @Test
    void aKeyIsNotPrinted() {
        assertThat(new IdempotencyKey("order-1").toString()).doesNotContain("order-1");
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> sent(text).idempotencyKey())
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.code()).isEqualTo("invalid_idempotency_key");
                });
    }

    private static ApiRequest sent(String key) {
        return request(Map.of("idempotency-key", key));
    }

    private static ApiRequest request(Map<String, String> headers) {
        return new ApiRequest("POST", "/", Map.of(), Map.of(), "", headers, new byte[0], "test", "https://api",
                Instant.EPOCH);
    }
}
