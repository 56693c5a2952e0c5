package io.x402compute.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiExceptionTest {

    @ParameterizedTest
    @ValueSource(ints = {425, 429, 503})
    void whateverPassesByItselfSaysWhenToComeBack(int status) {
        ApiException refusal = new ApiException(status, "later", "Later");

        assertThat(refusal.response("r").headers()).containsEntry("Retry-After", "5");
        assertThat(refusal.retryAfter(Duration.ofMinutes(5)).response("r").headers())
                .containsEntry("Retry-After", "300");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 409, 410, 413, 500})
    void whateverDoesNotPassDoesNot(int status) {
        assertThat(new ApiException(status, "no", "No").response("r").headers()).isEmpty();
    }
}
