package io.x402compute.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.ApiResponse;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.idempotency.AnswerForm;
import io.x402compute.idempotency.KeyTable;
import io.x402compute.idempotency.KeyUse;
import io.x402compute.idempotency.KeyedWrites;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.payment.PaymentLedger.ClaimResult;
import io.x402compute.store.LocalDynamo;

/** A claim and the key that it was bought under are written together. */
class DynamoKeyedClaimsTest {
    private static final Instant NOW = Claims.NOW;

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final Claim first = Claims.fresh();
    private final RequestKey key = new RequestKey(first.payer(), new IdempotencyKey("order-1"));
    private KeyTable keys;
    private DynamoPaymentLedger ledger;

    @BeforeEach
    void open() {
        keys = new KeyTable(dynamo.table("nonces"));
        ledger = new DynamoPaymentLedger(dynamo.table("payments"), keys);
    }

    @Test
    void aKeyLeadsToItsOrderForEver() {
        assertThat(ledger.use(key, NOW)).isEqualTo(new KeyUse.Unused());

        assertThat(ledger.claim(first, key, Optional.empty())).isEqualTo(new ClaimResult.Claimed(first));

        assertThat(ledger.use(key, NOW.plus(Duration.ofDays(400)))).isEqualTo(new KeyUse.Ordered(first.key().value()));
        assertThat(ledger.find(first.key())).contains(first);
        assertThat(dynamo.client().scan(scan -> scan.tableName("nonces")).items()).singleElement()
                .satisfies(row -> assertThat(row).doesNotContainKey("expires_at"));
    }

    @Test
    void aKeyThatHasBoughtClaimsNothingMore() {
        ledger.claim(first, key, Optional.empty());
        Claim second = Claims.fresh();

        assertThat(ledger.claim(second, key, Optional.empty())).isEqualTo(new ClaimResult.KeyTaken());
        assertThat(ledger.find(second.key())).isEmpty();
    }

    @Test
    void aPaymentThatHasBoughtBindsNoKey() {
        ledger.claim(first);

        assertThat(ledger.claim(first, key, Optional.empty())).isEqualTo(new ClaimResult.AlreadyClaimed(first));
        assertThat(ledger.use(key, NOW)).isEqualTo(new KeyUse.Unused());
    }

    @Test
    void aRefusedClaimIsReplacedInTheWriteThatClaimsTheOther() {
        ledger.claim(first, key, Optional.empty());
        Claim refused = refused();
        Claim second = Claims.fresh();

        assertThat(ledger.claim(second, key, Optional.of(refused))).isEqualTo(new ClaimResult.Claimed(second));

        assertThat(ledger.use(key, NOW)).isEqualTo(new KeyUse.Ordered(second.key().value()));
        assertThat(ledger.find(first.key())).contains(refused.replaced());
        assertThat(ledger.due(Claims.SOON)).as("a late transfer is still looked for").contains(first.key());
    }

    @Test
    void aRefusedClaimThatIsBeingTriedAgainIsNotReplaced() {
        ledger.claim(first, key, Optional.empty());
        Claim refused = refused();
        ledger.save(refused.retried(Claims.LEASE_END));
        Claim second = Claims.fresh();

        assertThat(ledger.claim(second, key, Optional.of(refused))).isEqualTo(new ClaimResult.KeyTaken());
        assertThat(ledger.find(second.key())).isEmpty();
        assertThat(ledger.use(key, NOW)).isEqualTo(new KeyUse.Ordered(first.key().value()));
    }

    @Test
    void aKeyIsBoundWithTheTabOrNotAtAll() {
        ledger.claimOnTab(first, Optional.of(key), Optional.empty(), Optional.empty());
        assertThat(ledger.use(key, NOW)).isEqualTo(new KeyUse.Ordered(first.key().value()));
        Claim second = Claims.fresh();
        RequestKey another = new RequestKey(first.payer(), new IdempotencyKey("order-2"));

        assertThat(ledger.claimOnTab(second, Optional.of(another), Optional.empty(), Optional.empty()))
                .isEqualTo(new ClaimResult.TabTaken());
        assertThat(ledger.claimOnTab(second, Optional.of(key), Optional.empty(), Optional.of(first.key())))
                .isEqualTo(new ClaimResult.KeyTaken());

        assertThat(ledger.use(another, NOW)).isEqualTo(new KeyUse.Unused());
        assertThat(ledger.onTab(first.payer())).contains(first.key());
    }

    @Test
    void anUnkeyedClaimWritesNoKey() {
        ledger.claim(first);

        assertThat(dynamo.contents().get("nonces")).isEmpty();
    }

    @Test
    void aKeyOfAnotherWriteBuysNothingUntilItsAnswerIsForgotten() {
        ManualClock clock = new ManualClock(NOW);
        new KeyedWrites(keys, AnswerForm.open(), clock).serve(key, "destroyed",
                kept -> ApiResponse.ok(Json.object().put("success", true)));

        assertThat(ledger.use(key, NOW)).isEqualTo(new KeyUse.Otherwise());
        assertThat(ledger.claim(first, key, Optional.empty())).isEqualTo(new ClaimResult.KeyTaken());
        assertThat(ledger.use(key, NOW.plus(Duration.ofHours(25)))).isEqualTo(new KeyUse.Unused());
    }

    @Test
    void aKeyThatHasBoughtIsAMismatchForAnyOtherWrite() {
        ledger.claim(first, key, Optional.empty());
        KeyedWrites writes = new KeyedWrites(keys, AnswerForm.open(), new ManualClock(NOW.plus(Duration.ofDays(2))));

        assertThatThrownBy(() -> writes.serve(key, "destroyed", kept -> {
            throw new AssertionError("it was done");
        })).hasMessageContaining("used for another request");
    }

    @Test
    void ofFiftyPaymentsAtOnceUnderOneKeyOneIsClaimed() throws Exception {
        List<Callable<ClaimResult>> claimants = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            claimants.add(() -> ledger.claim(Claims.fresh(), key, Optional.empty()));
        }

        List<ClaimResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<ClaimResult> result : threads.invokeAll(claimants)) {
                results.add(result.get());
            }
        }

        assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).singleElement()
                .satisfies(claimed -> assertThat(ledger.use(key, NOW))
                        .isEqualTo(new KeyUse.Ordered(((ClaimResult.Claimed) claimed).claim().key().value())));
        assertThat(results).filteredOn(ClaimResult.KeyTaken.class::isInstance).hasSize(49);
        assertThat(dynamo.contents().get("payments")).hasSize(1);
    }

    private Claim refused() {
        Claim refused = first.refused("invalid_exact_evm_insufficient_balance", Claims.SOON);
        assertThat(ledger.save(refused)).isTrue();
        return refused;
    }
}
