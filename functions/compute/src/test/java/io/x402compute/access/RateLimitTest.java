package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.x402.protocol.Wallet;

class RateLimitTest {
    private static final Wallet WALLET = new Wallet(SkillRequests.EVM);
    private static final Wallet OTHER = new Wallet(SkillRequests.SOLANA);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:20.500Z"));
    private final InMemoryCallCounts counts = new InMemoryCallCounts();
    private final RateLimit reads = new RateLimit(CallKind.READS, 3, counts, clock);
    private final RateLimit writes = new RateLimit(CallKind.WRITES, 1, counts, clock);
    private final AtomicInteger served = new AtomicInteger();

    @Test
    void everyAnswerSaysWhatIsLeftUntilWhen() {
        assertThat(call(reads, WALLET).headers()).isEqualTo(
                Map.of("RateLimit-Policy", "\"reads\";q=3;w=60", "RateLimit", "\"reads\";r=2;t=40"));
        clock.advance(Duration.ofSeconds(39));
        assertThat(call(reads, WALLET).headers()).containsEntry("RateLimit", "\"reads\";r=1;t=1");
    }

    @Test
    void refusalOfACallThatWasCountedSaysItToo() {
        assertThatThrownBy(() -> reads.serve(WALLET, () -> {
            throw ApiException.notFound("instance");
        })).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(404);
            assertThat(refusal.response("r").headers()).containsEntry("RateLimit", "\"reads\";r=2;t=40");
        });
    }

    @Test
    void callTooManyIsNotServedBeforeTheNextMinute() {
        for (int call = 0; call < 3; call++) {
            call(reads, WALLET);
        }
        for (int more = 0; more < 2; more++) {
            assertThatThrownBy(() -> call(reads, WALLET)).isInstanceOfSatisfying(ApiException.class, refusal -> {
                assertThat(refusal.status()).isEqualTo(429);
                assertThat(refusal.code()).isEqualTo("rate_limited");
                assertThat(refusal.response("r").headers()).isEqualTo(Map.of("Retry-After", "40", "RateLimit-Policy",
                        "\"reads\";q=3;w=60", "RateLimit", "\"reads\";r=0;t=40"));
            });
        }
        assertThat(served).hasValue(3);

        clock.advance(Duration.ofSeconds(40));
        assertThat(call(reads, WALLET).headers()).containsEntry("RateLimit", "\"reads\";r=2;t=60");
    }

    @Test
    void everyWalletAndEveryKindHasItsOwnAllowance() {
        call(writes, WALLET);
        call(writes, OTHER);
        call(reads, WALLET);

        assertThatThrownBy(() -> call(writes, WALLET)).hasMessage("A wallet may make 1 writes a minute");
        assertThat(served).hasValue(3);
    }

    @Test
    void callOfNobodyIsNeitherCountedNorTold() {
        for (int call = 0; call < 9; call++) {
            assertThat(writes.serve(Optional.empty(), this::answer).headers()).isEmpty();
        }
        assertThat(writes.serve(Optional.of(WALLET), this::answer).headers())
                .containsEntry("RateLimit", "\"writes\";r=0;t=40");
    }

    private ApiResponse call(RateLimit limit, Wallet wallet) {
        return limit.serve(wallet, this::answer);
    }

    private ApiResponse answer() {
        served.incrementAndGet();
        return ApiResponse.ok(Json.object());
    }
}
