package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.access.ApiKeyIssuer.Issue;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.idempotency.AnswerSeal;
import io.x402compute.idempotency.KeptAnswer;
import io.x402compute.idempotency.KeyTable;
import io.x402compute.idempotency.KeyedWrites;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.page.PageRequest;
import io.x402compute.store.DyingFunction;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.protocol.Wallet;

/** An API key that is made under an Idempotency-Key is made once and told, however often functions die at it. */
class KeyedApiKeysTest {
    private static final int HISTORIES = 60;
    private static final int ATTEMPTS = 6;

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00.123Z"));
    private final ApiKeyHash hash = new ApiKeyHash(() -> "pepper");

    @Test
    void oneKeyIsMadeAndToldWhateverDies() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            Wallet wallet = new Wallet("0x%040x".formatted(seed));
            RequestKey key = new RequestKey(wallet, new IdempotencyKey("my only key"));
            Set<String> told = new HashSet<>();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                ask(key, new DyingFunction(dynamo.client(), random, 0.15)).ifPresent(told::add);
                clock.advance(Duration.ofSeconds(random.nextInt(200)));
            }
            clock.advance(Duration.ofSeconds(91));

            told.add(ask(key, new DyingFunction(dynamo.client(), random, 0)).orElseThrow());

            ApiKeys keys = new DynamoApiKeys(dynamo.table("api-keys"));
            assertThat(told).as("seed %d", seed).hasSize(1);
            assertThat(keys.find(hash.of(ApiKeySecret.parse(told.iterator().next()).orElseThrow())))
                    .as("it is one that works, seed %d", seed).isPresent();
            assertThat(keys.ownedBy(wallet, PageRequest.newest(10)).rows()).as("seed %d", seed).hasSize(1);
        }
    }

    /** The key that the answer tells; empty without an answer. */
    private Optional<String> ask(RequestKey key, DyingFunction function) {
        ApiKeyIssuer issuer = new ApiKeyIssuer(new DynamoApiKeys(function.table("api-keys")), hash, clock);
        KeyedWrites writes = new KeyedWrites(new KeyTable(function.table("nonces")), new AnswerSeal(() -> "pepper"),
                clock);
        try {
            return Optional.of(writes.serve(key, "create", kept -> make(issuer, key.wallet(), kept)).body()
                    .path("api_key").textValue());
        } catch (DyingFunction.Death gone) {
            return Optional.empty();
        } catch (ApiException busy) {
            assertThat(busy.code()).isEqualTo("idempotency_in_progress");
            return Optional.empty();
        }
    }

    private static ApiResponse make(ApiKeyIssuer issuer, Wallet wallet, KeptAnswer kept) {
        return answer((Issue.Issued) issuer.issue(wallet, Optional.empty(),
                issued -> kept.together(answer(issued))));
    }

    private static ApiResponse answer(Issue.Issued issued) {
        return ApiResponse.of(201, Json.object().put("api_key", issued.secret().text()));
    }
}
