package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
import io.x402compute.instance.PasswordReveal.Outcome;
import io.x402compute.store.DyingFunction;
import io.x402compute.store.LocalDynamo;

/** A password that is asked for under a key is told, however often functions die at telling it. */
class KeyedSecretsTest {
    private static final int HISTORIES = 60;
    private static final int ATTEMPTS = 6;

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeProvider provider = new FakeProvider(clock);

    @Test
    void underAKeyTheOnePasswordIsToldWhateverDiesAndWhoeverElseAsks() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            RequestKey key = new RequestKey(Rentals.OWNER, new IdempotencyKey("password-" + seed));
            InstanceId id = up();
            String password = password(id);
            Set<String> told = new HashSet<>();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                ask(key, id, new DyingFunction(dynamo.client(), random, 0.15)).ifPresent(told::add);
                clock.advance(Duration.ofSeconds(random.nextInt(200)));
            }
            clock.advance(Duration.ofSeconds(91));

            told.add(ask(key, id, new DyingFunction(dynamo.client(), random, 0)).orElseThrow());

            assertThat(told).as("seed %d", seed).containsExactly(password);
            assertThat(reveal(id)).as("without the key, seed %d", seed).isInstanceOf(Outcome.RevealedBefore.class);
        }
    }

    /** What the password is that the answer tells; empty without an answer. */
    private Optional<String> ask(RequestKey key, InstanceId id, DyingFunction function) {
        DynamoInstanceStore instances = new DynamoInstanceStore(function.table("instances"));
        PasswordReveal reveal = new PasswordReveal(instances,
                new InstanceCreator(instances, provider, Rentals.SEAL, clock), Rentals.SEAL, clock);
        KeyedWrites writes = new KeyedWrites(new KeyTable(function.table("nonces")), new AnswerSeal(() -> "pepper"),
                clock);
        Function<KeptAnswer, ApiResponse> work = kept -> switch (reveal.reveal(instances.find(id).orElseThrow(),
                clock.instant().plusSeconds(29), revealed -> kept.together(answer(revealed)))) {
            case Outcome.Revealed revealed -> answer(revealed);
            case Outcome other -> throw new AssertionError("under its own key: " + other);
        };
        try {
            return Optional.of(writes.serve(key, "reveal " + id, work).body().path("password").textValue());
        } catch (DyingFunction.Death gone) {
            return Optional.empty();
        } catch (ApiException busy) {
            assertThat(busy.code()).isEqualTo("idempotency_in_progress");
            return Optional.empty();
        }
    }

    private Outcome reveal(InstanceId id) {
        DynamoInstanceStore instances = new DynamoInstanceStore(dynamo.table("instances"));
        return new PasswordReveal(instances, new InstanceCreator(instances, provider, Rentals.SEAL, clock),
                Rentals.SEAL, clock).reveal(instances.find(id).orElseThrow(), clock.instant().plusSeconds(29));
    }

    private InstanceId up() {
        DynamoInstanceStore instances = new DynamoInstanceStore(dynamo.table("instances"));
        InstanceCreator creator = new InstanceCreator(instances, provider, Rentals.SEAL, clock);
        InstanceId id = creator.order(Rentals.keyless(clock.instant()), clock.instant().plusSeconds(29)).id();
        clock.advance(FakeProvider.BOOT);
        creator.bringUp(instances.find(id).orElseThrow(), clock.instant().plusSeconds(29));
        return id;
    }

    private String password(InstanceId id) {
        Instance instance = new DynamoInstanceStore(dynamo.table("instances")).find(id).orElseThrow();
        return Rentals.SEAL.open(instance.password().sealed().orElseThrow(), id).text();
    }

    private static ApiResponse answer(Outcome.Revealed revealed) {
        return ApiResponse.ok(Json.object().put("password", revealed.password().text()));
    }
}
