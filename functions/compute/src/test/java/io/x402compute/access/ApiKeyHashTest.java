package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;

import org.junit.jupiter.api.Test;

class ApiKeyHashTest {
    private final ApiKeySecret key = ApiKeySecret.random(new SecureRandom());

    @Test
    void hashIsOfTheKeyUnderThePepper() {
        String hash = new ApiKeyHash(() -> "pepper").of(key);

        assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(new ApiKeyHash(() -> "pepper").of(key))
                .isNotEqualTo(new ApiKeyHash(() -> "another").of(key))
                .isNotEqualTo(new ApiKeyHash(() -> "pepper").of(ApiKeySecret.random(new SecureRandom())));
    }

    @Test
    void pepperIsReadWhenAKeyIsHashedAndNotBefore() {
        String[] pepper = {"first"};
        ApiKeyHash hash = new ApiKeyHash(() -> pepper[0]);
        pepper[0] = "second";

        assertThat(hash.of(key)).isEqualTo(new ApiKeyHash(() -> "second").of(key));
    }
}
