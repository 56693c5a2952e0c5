package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;

class StrangerLimitTest {
    private static final int PER_ADDRESS = 2;
    private static final int IN_ALL = 5;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:20.500Z"));
    private final InMemoryCallCounts counts = new InMemoryCallCounts();
    private final StrangerLimit limit = new StrangerLimit("settlements", PER_ADDRESS, IN_ALL, counts, clock);

    @Test
    void anAddressHasItsCallsOfAMinuteAndNoMore() {
        callAll("192.0.2.10");

        assertRefused("192.0.2.10");
        clock.advance(Duration.ofSeconds(40));
        callAll("192.0.2.10");
    }

    @Test
    void whatOneAddressIsRefusedIsNotTakenFromOthers() {
        callAll("192.0.2.10");
        for (int call = 0; call < IN_ALL; call++) {
            assertRefused("192.0.2.10");
        }

        callAll("192.0.2.11");
    }

    @Test
    void allTogetherHaveNoMoreThanThereIs() {
        callAll("192.0.2.10");
        callAll("192.0.2.11");
        limit.serve("192.0.2.12", StrangerLimitTest::served);

        assertRefused("192.0.2.13");
    }

    @Test
    void whoChangesHisAddressWithinHisNetworkIsTheSame() {
        limit.serve("2001:db8:1:2:3::1", StrangerLimitTest::served);
        limit.serve("2001:db8:1:2::ffff", StrangerLimitTest::served);

        assertRefused("2001:0DB8:1:2:ffff:ffff:ffff:ffff");
        limit.serve("2001:db8:1:3::1", StrangerLimitTest::served);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown.invalid", "300.1.1.1"})
    void whoHasNoAddressSharesWithAllWhoHaveNone(String source) {
        callAll("");

        assertRefused(source);
    }

    private void callAll(String source) {
        for (int call = 0; call < PER_ADDRESS; call++) {
            assertThat(limit.serve(source, StrangerLimitTest::served).status()).isEqualTo(200);
        }
    }

    private void assertRefused(String source) {
        assertThatThrownBy(() -> limit.serve(source, StrangerLimitTest::served))
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(429);
                    assertThat(refusal.code()).isEqualTo("rate_limited");
                    assertThat(refusal.response("r").headers()).containsEntry("Retry-After", "40")
                            .containsKeys("RateLimit", "RateLimit-Policy");
                });
    }

    private static ApiResponse served() {
        return ApiResponse.ok(Json.object());
    }
}
