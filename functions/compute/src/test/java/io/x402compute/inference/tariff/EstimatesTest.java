package io.x402compute.inference.tariff;

import static io.x402compute.inference.FakeModels.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiException;
import io.x402compute.http.ManualClock;
import io.x402compute.inference.FakeModels;
import io.x402compute.inference.Meter;
import io.x402compute.inference.MostUsed;
import io.x402compute.inference.RunBodies;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Service;
import io.x402compute.inference.Services;
import io.x402compute.inference.Usage;
import io.x402compute.inference.model.Choices;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.x402.protocol.Usdc;

class EstimatesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Services services = Services.read();
    private final RunRequests requests = new RunRequests(services, new OutsideUrls(false));
    private final ManualClock clock = new ManualClock(NOW);
    private final FakeModels models = new FakeModels();
    private final Estimates estimates = estimates(Set.of("openai", "vultr", "jobs"));

    @Test
    void thePictureOfTheArticleCostsWhatTheArticleSays() {
        RunRequest request = read(
                """
                        {"service": "flux-schnell", "input": {"prompt": "A graph", "width": 1024, "height": 1024, "steps": 4}}""");

        assertThat(estimates.estimate(request).ceiling()).isEqualTo(new Usdc(10_000));
        assertThat(estimates.estimate(request).metered()).isFalse();
        assertThat(estimates.cost(request, Usage.of(Meter.IMAGES, 1))).isEqualTo(new Usdc(10_000));
    }

    @Test
    void aConversationIsQuotedForAllItMayUseAndChargedForWhatItHas() {
        RunRequest request = read("""
                {"service": "llm-4090", "input": {"prompt": "Hi", "max_tokens": 2000}}""");

        assertThat(estimates.estimate(request).ceiling()).isGreaterThan(new Usdc(6_000));
        assertThat(estimates.estimate(request).metered()).isTrue();
        assertThat(estimates.cost(request, tokens(10, 1500))).isEqualTo(new Usdc(30 + 4_500));
        assertThat(estimates.cost(request, tokens(10, 20))).isEqualTo(new Usdc(3_000));
    }

    @Test
    void whoeverCountsMoreThanWasQuotedGetsNoMore() {
        RunRequest request = read("""
                {"service": "whisper-l4", "input": {"audio_url": "https://example.com/a.mp3", "max_seconds": 120}}""");

        assertThat(estimates.estimate(request).ceiling()).isEqualTo(new Usdc(10_000));
        assertThat(estimates.cost(request, Usage.of(Meter.SECONDS, 100_000))).isEqualTo(new Usdc(10_000));
    }

    @Test
    void noRunEverCostsMoreThanItsCeilingOrLessThanTheUpstreamTakesWithMarkup() {
        models.has("vultr", NOW.minus(Duration.ofDays(1)), model("llama-3.3-70b-instruct", "9", "11"));
        Random random = new Random(4);

        for (Service service : services.all().stream().filter(estimates::isServed).toList()) {
            RunRequest request = requests.example(service);
            Usage most = MostUsed.of(service, request.input());
            Usdc ceiling = estimates.estimate(request).ceiling();
            for (int i = 0; i < 50; i++) {
                Map<Meter, Long> amounts = new EnumMap<>(Meter.class);
                most.amounts().forEach((meter, amount) -> amounts.put(meter, random.nextLong(amount + 1)));
                Usage used = new Usage(amounts);
                Usdc cost = estimates.cost(request, used);
                assertThat(cost).isLessThanOrEqualTo(ceiling).isGreaterThanOrEqualTo(service.price().least());
                if (service.key().equals("llm-4090")) {
                    assertThat(cost.dollars()).isGreaterThanOrEqualTo(new BigDecimal("0.0000108")
                            .multiply(BigDecimal.valueOf(used.of(Meter.INPUT_TOKENS)))
                            .add(new BigDecimal("0.0000132")
                                    .multiply(BigDecimal.valueOf(used.of(Meter.OUTPUT_TOKENS)))));
                }
            }
        }
    }

    @Test
    void aPriceThatHasJustGoneUpIsHonouredForTenMinutes() {
        RunRequest request = read("""
                {"service": "llm-4090", "input": {"prompt": "Hi", "max_tokens": 1000}}""");
        models.has("vultr", NOW.minus(Duration.ofDays(1)), model("llama-3.3-70b-instruct", "1", "1"));
        Usdc before = estimates.estimate(request).ceiling();

        models.changed("vultr", NOW, List.of(model("llama-3.3-70b-instruct", "1", "1")),
                List.of(model("llama-3.3-70b-instruct", "50", "50")));

        assertThat(estimates.estimate(request).honoured()).hasSize(2).last().isEqualTo(before);
        assertThat(estimates.estimate(request).ceiling()).isGreaterThan(before);
        clock.advance(Duration.ofMinutes(11));
        assertThat(estimates.estimate(request).honoured()).doesNotContain(before);
    }

    @Test
    void whatNobodyCanRunIsNotSold() {
        RunRequest request = read("""
                {"service": "rembg-l4", "input": {"image_url": "https://example.com/a.png"}}""");
        Estimates without = estimates(Set.of("openai"));

        assertThatThrownBy(() -> without.estimate(request)).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.code()).isEqualTo("service_unavailable");
        });
        assertThat(without.quote(request).ceiling()).isEqualTo(new Usdc(10_000));
    }

    @Test
    void aModelThatNobodyHasIsRefusedBeforeItIsPaid() {
        models.has("vultr", NOW, model("llama-3.3-70b-instruct"));
        RunRequest known = read("""
                {"service": "llm-4090", "input": {"prompt": "Hi", "model": "llama-3.3-70b-instruct"}}""");
        RunRequest unknown = read("""
                {"service": "llm-4090", "input": {"prompt": "Hi", "model": "gpt-99"}}""");

        assertThat(estimates.estimate(known).ceiling()).isGreaterThan(Usdc.ZERO);
        assertThatThrownBy(() -> estimates.estimate(unknown)).hasMessage("input.model is none that llm-4090 has here");
    }

    @Test
    void aLookWithoutAWishShowsTheCheapestThatCanBeHad() {
        assertThat(estimates.cheapest(requests).service()).isIn("embedding-l4", "embed-code");
        assertThat(estimates(Set.of("jobs")).cheapest(requests).service()).isEqualTo("clip");
        assertThatThrownBy(() -> estimates(Set.of()).cheapest(requests)).isInstanceOf(ApiException.class);
    }

    private Estimates estimates(Set<String> upstreams) {
        return new Estimates(services, new Choices(upstreams, models), 20, clock);
    }

    private RunRequest read(String body) {
        return requests.read(RunBodies.of(body), Optional.empty());
    }

    private static Usage tokens(long input, long output) {
        return new Usage(Map.of(Meter.INPUT_TOKENS, input, Meter.OUTPUT_TOKENS, output));
    }
}
