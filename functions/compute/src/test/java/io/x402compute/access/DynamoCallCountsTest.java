package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.store.Item;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.protocol.Wallet;

class DynamoCallCountsTest {
    private static final Wallet WALLET = new Wallet(SkillRequests.EVM);
    private static final Instant MINUTE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = MINUTE.plusSeconds(120);
    private static final int AT_ONCE = 20;

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    @Test
    void eachWalletKindAndMinuteIsCountedByItself() {
        assertThat(count(WALLET, CallKind.READS, MINUTE)).isEqualTo(1);
        assertThat(count(WALLET, CallKind.READS, MINUTE)).isEqualTo(2);
        assertThat(count(WALLET, CallKind.WRITES, MINUTE)).isEqualTo(1);
        assertThat(count(new Wallet(SkillRequests.SOLANA), CallKind.READS, MINUTE)).isEqualTo(1);
        assertThat(count(WALLET, CallKind.READS, MINUTE.plusSeconds(60))).isEqualTo(1);
    }

    @Test
    void callsAtTheSameMomentAreAllCounted() throws Exception {
        Callable<Long> call = () -> count(WALLET, CallKind.WRITES, MINUTE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(AT_ONCE, call)).stream().map(Future::resultNow))
                    .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, AT_ONCE).boxed().toList());
        }
    }

    @Test
    void minuteIsForgottenAsNoncesAre() {
        count(WALLET, CallKind.READS, MINUTE);

        Item kept = dynamo.contents().get("nonces").iterator().next();
        assertThat(kept.number("expires_at")).isEqualTo(UNTIL.getEpochSecond());
        assertThat(kept.text("nonce")).isEqualTo("rate#" + SkillRequests.EVM + "#reads#1767225600");
    }

    private long count(Wallet wallet, CallKind kind, Instant window) {
        return new DynamoCallCounts(dynamo.table("nonces")).count(wallet.address(), kind.wireName(), window, UNTIL);
    }
}
