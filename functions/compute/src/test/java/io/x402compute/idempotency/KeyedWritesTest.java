package io.x402compute.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.protocol.Wallet;

class KeyedWritesTest {
    private static final Wallet WALLET = new Wallet("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf");
    private static final Wallet OTHER = new Wallet("0x6813eb9362372eef6200f3b1dbc3f819671cba69");
    private static final RequestKey KEY = new RequestKey(WALLET, new IdempotencyKey("restart-7"));

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00.123Z"));
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void theSameRequestIsDoneOnceAndAnsweredAlike() {
        ApiResponse first = serve("request");
        ApiResponse again = serve("request");

        assertThat(done).hasValue(1);
        assertThat(first.headers()).doesNotContainKey("Idempotent-Replayed");
        assertThat(again).isEqualTo(first.withHeader("Idempotent-Replayed", "true"));
        assertThat(Json.write(again.body())).isEqualTo(Json.write(first.body()));
    }

    @Test
    void anotherRequestUnderTheKeyIsAMismatch() {
        serve("request");

        assertConflict("idempotency_mismatch", () -> serve("another"));
        assertThat(done).hasValue(1);
    }

    @Test
    void aKeyIsItsWalletsOwn() {
        serve("request");
        writes().serve(new RequestKey(OTHER, KEY.key()), "another", this::work);

        assertThat(done).hasValue(2);
    }

    @Test
    void anAnswerIsForgottenAfterADayEvenIfTheTableStillHasIt() {
        serve("request");
        clock.advance(Duration.ofHours(24).plusSeconds(1));

        serve("another");

        assertThat(done).hasValue(2);
    }

    @Test
    void whileTheFirstIsAtItTheSecondIsRefused() {
        writes().serve(KEY, "request", kept -> {
            assertConflict("idempotency_in_progress", () -> serve("request"));
            assertConflict("idempotency_mismatch", () -> serve("another"));
            return work(kept);
        });

        assertThat(done).hasValue(1);
    }

    @Test
    void whoeverComesAfterTheLeaseOfOneWhoDiedFinishesTheWork() {
        new KeyTable(dynamo.table("nonces")).take(KEY, "request", clock.instant());
        clock.advance(Duration.ofSeconds(90));
        assertConflict("idempotency_in_progress", () -> serve("request"));
        clock.advance(Duration.ofMillis(1));
        assertConflict("idempotency_mismatch", () -> serve("another"));

        serve("request");

        assertThat(done).hasValue(1);
    }

    @Test
    void aRefusedRequestLeavesItsKeyForAnyOther() {
        assertThatThrownBy(() -> writes().serve(KEY, "wrong", kept -> {
            throw ApiException.badRequest("invalid_field", "plan must be a string");
        })).isInstanceOf(ApiException.class);

        assertThat(serve("right").status()).isEqualTo(201);
        assertThat(serve("right").headers()).containsKey("Idempotent-Replayed");
        assertThat(done).hasValue(1);
    }

    @Test
    void afterAFailureOfOursTheSameRequestMayTryAgainAtOnceAndNoOther() {
        assertThatThrownBy(() -> writes().serve(KEY, "request", kept -> {
            throw new ApiException(502, "provider_unavailable", "The provider cannot be reached");
        })).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> writes().serve(KEY, "request", kept -> {
            throw new IllegalStateException("a mistake of ours");
        })).isInstanceOf(IllegalStateException.class);

        assertConflict("idempotency_mismatch", () -> serve("another"));
        assertThat(serve("request").status()).isEqualTo(201);
    }

    @Test
    void ofFiftyAtOnceOneIsServed() throws Exception {
        Callable<ApiResponse> request = () -> serve("request");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<ApiResponse> answer : threads.invokeAll(Collections.nCopies(50, request))) {
                if (answer.state() == Future.State.SUCCESS) {
                    assertThat(answer.resultNow().status()).isEqualTo(201);
                } else {
                    assertThat(answer.exceptionNow()).isInstanceOfSatisfying(ApiException.class,
                            e -> assertThat(e.code()).isEqualTo("idempotency_in_progress"));
                }
            }
        }

        assertThat(done).hasValue(1);
    }

    @Test
    void theTableHasNeitherTheKeyNorWhoseItIs() {
        serve("request");

        assertThat(dynamo.contents().get("nonces").toString() + stored()).doesNotContain("restart-7", WALLET.address());
    }

    @Test
    void aSealedAnswerIsReadWithItsKeyOnlyAndNotInTheTable() {
        KeyedWrites sealed = new KeyedWrites(table(), new AnswerSeal(() -> "pepper"), clock);
        ApiResponse first = sealed.serve(KEY, "request", this::work);

        assertThat(stored()).doesNotContain("hunter2", "success");
        assertThat(sealed.serve(KEY, "request", this::work).body()).isEqualTo(first.body());
        assertThatThrownBy(() -> new KeyedWrites(table(), new AnswerSeal(() -> "salt"), clock)
                .serve(KEY, "request", this::work)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSealedAnswerOpensUnderNoOtherKeyOrWallet() {
        AnswerSeal seal = new AnswerSeal(() -> "pepper");
        String written = seal.write(KEY, work(KeptAnswer.nowhere()));

        assertThat(seal.read(KEY, written)).isEqualTo(work(KeptAnswer.nowhere()));
        List.of(new RequestKey(OTHER, KEY.key()), new RequestKey(WALLET, new IdempotencyKey("restart-8")))
                .forEach(other -> assertThatThrownBy(() -> seal.read(other, written))
                        .isInstanceOf(IllegalStateException.class));
    }

    private ApiResponse serve(String fingerprint) {
        return writes().serve(KEY, fingerprint, this::work);
    }

    private ApiResponse work(KeptAnswer kept) {
        done.incrementAndGet();
        return ApiResponse.of(201, Json.object().put("success", true).put("secret", "hunter2")
                .put("amount", new BigDecimal("1.6992"))).withHeader("Retry-After", "5");
    }

    private KeyedWrites writes() {
        return new KeyedWrites(table(), AnswerForm.open(), clock);
    }

    private KeyTable table() {
        return new KeyTable(dynamo.table("nonces"));
    }

    /** All values of the table, which items themselves do not print. */
    private String stored() {
        return dynamo.client().scan(scan -> scan.tableName("nonces")).items().toString();
    }

    private static void assertConflict(String code, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(409);
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.response("test").headers().containsKey("Retry-After"))
                    .isEqualTo(code.equals("idempotency_in_progress"));
        });
    }
}
