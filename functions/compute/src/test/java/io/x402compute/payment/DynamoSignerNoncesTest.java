package io.x402compute.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.ManualClock;
import io.x402compute.store.LocalDynamo;

class DynamoSignerNoncesTest {
    private static final String SIGNER = "eip155:8453/0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
    private DynamoSignerNonces numbers;

    @BeforeEach
    void open() {
        numbers = new DynamoSignerNonces(dynamo.table("payments"), clock);
    }

    @Test
    void countingStartsWhereTheChainIs() {
        assertThat(numbers.next(SIGNER, 0)).isZero();
        assertThat(numbers.next("another", 12)).isEqualTo(12);
    }

    @Test
    void numbersFollowEachOtherWhileTheChainLagsBehind() {
        assertThat(List.of(numbers.next(SIGNER, 3), numbers.next(SIGNER, 3), numbers.next(SIGNER, 1)))
                .containsExactly(3L, 4L, 5L);
    }

    @Test
    void accountThatWasUsedElsewhereJumpsToTheChainsCount() {
        numbers.next(SIGNER, 3);

        assertThat(List.of(numbers.next(SIGNER, 20), numbers.next(SIGNER, 20), numbers.next(SIGNER, 22)))
                .containsExactly(20L, 21L, 22L);
    }

    @Test
    void eachSignerHasItsOwnNumbers() {
        numbers.next(SIGNER, 5);

        assertThat(numbers.next("another", 0)).isZero();
        assertThat(numbers.next(SIGNER, 5)).isEqualTo(6);
    }

    @Test
    void manyAtOnceGetEveryNumberOnce() throws Exception {
        assertThat(take(64, 5)).containsExactlyInAnyOrderElementsOf(LongStream.range(5, 69).boxed().toList());
    }

    @Test
    void manyAtOnceAfterAJumpStillGetEveryNumberOnce() throws Exception {
        take(8, 0);

        assertThat(take(64, 100)).containsExactlyInAnyOrderElementsOf(LongStream.range(100, 164).boxed().toList());
    }

    @Test
    void aNumberIsWaitedForSinceItWasFirstAskedAbout() {
        numbers.next(SIGNER, 5);
        Instant first = clock.instant();

        assertThat(numbers.waitedForSince(SIGNER, 5)).contains(first);
        clock.advance(Duration.ofMinutes(3));
        numbers.next(SIGNER, 5);
        assertThat(numbers.waitedForSince(SIGNER, 5)).contains(first);
        assertThat(numbers.waitedForSince(SIGNER, 6)).contains(clock.instant());
    }

    @Test
    void aNumberThatWasNotTakenIsNotWaitedFor() {
        numbers.next(SIGNER, 5);

        assertThat(numbers.waitedForSince(SIGNER, 6)).isEmpty();
        assertThat(numbers.waitedForSince("another", 0)).isEmpty();
    }

    private List<Long> take(int takers, long chainCount) throws Exception {
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < takers; i++) {
            tasks.add(() -> numbers.next(SIGNER, chainCount));
        }
        List<Long> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> number : threads.invokeAll(tasks)) {
                taken.add(number.get());
            }
        }
        return taken;
    }
}
