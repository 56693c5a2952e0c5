package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.RequestBody;
import io.x402compute.http.Requests;
import io.x402compute.inference.FakeInference;
import io.x402compute.inference.Job;
import io.x402compute.inference.Priority;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Runs;
import io.x402compute.inference.Services;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.order.Checkout;
import io.x402compute.order.Crashes;
import io.x402compute.order.CreditCheckout;
import io.x402compute.order.Deliveries;
import io.x402compute.order.NoChain;
import io.x402compute.order.OrderAdvancer;
import io.x402compute.order.PaymentTerms;
import io.x402compute.order.Purchase;
import io.x402compute.order.RunFulfilment;
import io.x402compute.order.RunPrices;
import io.x402compute.order.RunPurchases;
import io.x402compute.order.TopUpFulfilment;
import io.x402compute.payment.Claims;
import io.x402compute.payment.FakeCredits;
import io.x402compute.payment.FakeLedger;
import io.x402compute.payment.OrderId;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.Usdc;

/** What the buyer of a run is told, in which version's words. */
class RunExchangeTest {
    private static final Promises PROMISES = new Promises();
    private static final EvmWallet AGENT = EvmWallet.of("0x" + "11".repeat(32));
    private static final Services SERVICES = Services.read();
    private static final String IMAGE = "{\"service\":\"flux-schnell\",\"input\":{\"prompt\":\"a cat\"}}";
    private static final String TEXT = "{\"service\":\"llm-4090\",\"input\":{\"prompt\":\"hello\"}}";
    private static final String VIDEO = "{\"service\":\"video\",\"input\":{\"prompt\":\"a cat\"}}";

    private final ManualClock clock = new ManualClock(Claims.NOW);
    private final FakeLedger ledger = new FakeLedger();
    private final FakeCredits credits = new FakeCredits();
    private final FakeInference inference = new FakeInference(clock);
    private final PaymentTerms terms = new PaymentTerms(List.of(Claims.OFFER.withAmount(Usdc.ZERO)));
    private final Runs runs = inference.runs(new Crashes(RandomGenerator.getDefault()));
    private final PaymentExchange exchange = exchange();

    @Test
    void aResultIsWhereEachKnownClientReadsIt() {
        ApiResponse response = buy(IMAGE, 1);

        assertThat(response.status()).isEqualTo(200);
        ObjectNode body = response.body();
        assertThat(body.path("success").booleanValue()).isTrue();
        assertThat(body.path("status").textValue()).isEqualTo("completed");
        assertThat(body.path("service").textValue()).isEqualTo("image-4090");
        assertThat(body.path("cost").decimalValue()).isEqualByComparingTo("0.01");
        assertThat(body.path("tx_hash").textValue()).isEqualTo(Claims.TRANSACTION);
        String url = "https://results/" + body.path("job_id").textValue();
        assertThat(List.of(body.path("url"), body.at("/result/url"), body.at("/output/url"))).extracting(
                JsonNode::textValue).containsOnly(url);
        assertThat(receipt(response).success()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void bothVersionsArePaidAndAnswered(int version) {
        assertThat(buy(IMAGE, version).headers()).containsKeys("PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE");
    }

    @Test
    void aResultOverwritesNothingOfOurs() {
        inference.bringsNext(Json.object().put("success", false).put("status", "odd").put("error", "none")
                .put("cost", 7).put("tx_hash", "0x0").put("paid_with", "love").put("text", "hi"));

        ObjectNode body = PROMISES.kept("POST /v1/run", send(TEXT, 1, "")).body();

        assertThat(body.path("success").booleanValue()).isTrue();
        assertThat(body.path("status").textValue()).isEqualTo("completed");
        assertThat(body.path("tx_hash").textValue()).isEqualTo(Claims.TRANSACTION);
        assertThat(body.path("cost").decimalValue()).isEqualByComparingTo("0.004");
        assertThat(body.path("text").textValue()).isEqualTo("hi");
        assertThat(body.has("error")).isFalse();
        assertThat(body.at("/result/error").textValue()).isEqualTo("none");
    }

    @Test
    void whatIsQueuedSaysWhereToAsk() {
        ApiResponse response = buy(VIDEO, 2);

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body().path("success").booleanValue()).as("it is paid").isTrue();
        assertThat(response.body().path("status").textValue()).isEqualTo("pending");
        assertThat(response.body().path("status_url").textValue())
                .isEqualTo("/status/" + inference.jobs().only().id());
        assertThat(response.body().path("estimated_cost_usd").decimalValue()).isEqualByComparingTo("0.01");
        assertThat(receipt(response).success()).isTrue();

        inference.workQueue();
        clock.advance(Duration.ofMinutes(3));
        assertThat(buy(VIDEO, 2).status()).as("asked for again with the same payment").isEqualTo(200);
    }

    @Test
    void whoseWebhookIsToldGetsWhatSignsIt() {
        String told = "{\"service\":\"video\",\"input\":{\"prompt\":\"a cat\"},\"webhook_url\":\"https://agent.example/done\"}";

        ApiResponse response = PROMISES.kept("POST /v1/run", send(told, 2, "upfront"));

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body().path("webhook_secret").textValue())
                .isEqualTo(inference.jobs().only().webhookSecret().orElseThrow());
        assertThat(send(told, 2, "upfront").body()).as("asked for again").isEqualTo(response.body());
    }

    @Test
    void offersSayWhenTheMoneyMovesWhereItMovesBefore() throws IOException {
        assertThat(offer(IMAGE).at("/accepts/0/extra").has("paymentFlow")).isFalse();
        assertThat(offer(VIDEO).at("/accepts/0/extra/paymentFlow").textValue()).isEqualTo("upfront");
        assertThat(offer("").at("/accepts/0/amount").textValue()).isEqualTo("10000");
    }

    @ParameterizedTest
    @CsvSource({"upstream_failed, 502, run_failed", "upstream_busy, 502, run_failed",
        "upstream_timeout, 504, upstream_timeout"})
    void aRunThatFailsSaysThatNothingWasTaken(String failure, int status, String code) {
        inference.failsNext(failure);

        ApiResponse failed = buy(IMAGE, 2);

        assertThat(failed.status()).isEqualTo(status);
        assertThat(failed.body().path("code").textValue()).isEqualTo(code);
        assertThat(failed.body().path("error").textValue()).contains("no payment was taken");
        assertThat(failed.body().at("/details/reason").textValue()).isEqualTo(failure);
        assertThat(receipt(failed).success()).isFalse();
        assertThat(failed.headers()).doesNotContainKeys("PAYMENT-REQUIRED", "Retry-After");
        assertThat(buy(IMAGE, 2).body()).isEqualTo(failed.body());
    }

    @Test
    void anInputThatNobodyCanRunIsTheBuyersMistakeAndCostsNothing() {
        inference.refusesNext("prompt is about nothing");

        ApiResponse refused = buy(IMAGE, 2);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("code").textValue()).isEqualTo("input_refused");
        assertThat(refused.body().path("error").textValue()).startsWith("prompt is about nothing");
    }

    @Test
    void aResultThatIsNotKeptAnyMoreIsGone() {
        buy(IMAGE, 2);
        clock.advance(Job.KEPT);

        assertThatThrownBy(() -> buy(IMAGE, 2)).isInstanceOfSatisfying(ApiException.class,
                gone -> assertThat(gone.status()).isEqualTo(410));
    }

    @Test
    void whoeverAsksAgainWhileAPaidRunIsAboutToBeginIsToldToWait() {
        credits.give(AGENT.wallet(), FakeInference.PRICE, new OrderId(UUID.randomUUID()), "gift", clock.instant());
        inference.duringNext(() -> assertThat(onCredit("first").status()).isEqualTo(202));

        assertThat(onCredit("first").status()).isEqualTo(200);
        assertThat(inference.calls()).hasSize(1);
    }

    @Test
    void creditPaysForARunAndSaysSo() {
        credits.give(AGENT.wallet(), FakeInference.PRICE, new OrderId(UUID.randomUUID()), "gift", clock.instant());

        ApiResponse response = onCredit("first");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().path("paid_with").textValue()).isEqualTo("credits");
        ApiResponse second = onCredit("second");
        assertThat(second.status()).isEqualTo(402);
        assertThat(second.body().path("code").textValue()).isEqualTo("insufficient_credits");
        assertThat(second.body().path("accepts")).isNotEmpty();
        assertThat(inference.calls()).hasSize(1);
    }

    @Test
    void aRequestWithoutANameIsAnotherPurchaseEachTime() {
        ApiRequest one = Requests.post("/v1/run", TEXT);

        assertThat(CreditUse.ofCall(one, AGENT.wallet()).name().text()).isEqualTo("request " + one.requestId());
        assertThat(CreditUse.ofCall(Requests.withHeaders(one, Map.of("idempotency-key", "mine")), AGENT.wallet())
                .name().text()).isEqualTo("mine");
    }

    private ApiResponse onCredit(String name) {
        ApiRequest request = Requests.post("/v1/run", TEXT);
        return PROMISES.kept("POST /v1/run", exchange.sellForCredit(request, wanted(request),
                new CreditUse(AGENT.wallet(), new IdempotencyKey(name)), 200));
    }

    private JsonNode offer(String body) throws IOException {
        ApiRequest request = Requests.post("/v1/run", body);
        ApiResponse challenge = PROMISES.kept("POST /v1/run",
                exchange.sell(request, wanted(request), Optional.empty(), Optional.empty(), 200));
        assertThat(challenge.status()).isEqualTo(402);
        return Json.readOwn(new String(Base64.getDecoder().decode(challenge.headers().get("PAYMENT-REQUIRED")),
                StandardCharsets.UTF_8));
    }

    private ApiResponse buy(String body, int version) {
        return PROMISES.kept("POST /v1/run", send(body, version, body.equals(VIDEO) ? "upfront" : ""));
    }

    private ApiResponse send(String body, int version, String flow) {
        PaymentPayload payment = payment(version, flow);
        ApiRequest request = Requests.withHeaders(Requests.post("/v1/run", body),
                Map.of(payment.headerName(), payment.headerText()));
        return exchange.sell(request, wanted(request), Optional.empty(), Optional.empty(), 200);
    }

    private Purchase wanted(ApiRequest request) {
        RunRequests requests = new RunRequests(SERVICES, new OutsideUrls(false));
        RunRequest cheapest = new RunRequest("image-4090", Json.object().put("prompt", "a cat"), Priority.FAST,
                Optional.empty());
        return new RunPurchases(SERVICES, requests, new RunPrices(inference, Optional.empty(), clock), terms,
                () -> cheapest, UUID::randomUUID, UUID::randomUUID)
                .run(RequestBody.of(request), Optional.empty(), request.url());
    }

    private static PaymentPayload payment(int version, String flow) {
        PaymentRequirements upfront = Claims.OFFER.withAmount(FakeInference.PRICE);
        PaymentRequirements offer = flow.isEmpty()
                ? new PaymentRequirements(upfront.scheme(), upfront.network(), upfront.amount(), upfront.asset(),
                        upfront.payTo(), upfront.maxTimeoutSeconds(), Map.of("name", "USD Coin", "version", "2"))
                : upfront;
        Eip3009Authorization transfer = new Eip3009Authorization(AGENT.wallet().address(),
                Hex.lowerCase(offer.payTo()), BigInteger.valueOf(offer.amount().micros()), BigInteger.ZERO,
                BigInteger.valueOf(Claims.NOW.plusSeconds(300).getEpochSecond()), "0x" + "42".repeat(32));
        return new PaymentPayload(version, PaymentRequirements.EXACT, Network.BASE, AGENT.authorize(transfer, offer),
                version == 1 ? Optional.empty() : Optional.of(offer.toV2Json()), Optional.empty());
    }

    private static SettlementResponse receipt(ApiResponse response) {
        return SettlementResponse.decode(response.headers().get("PAYMENT-RESPONSE")).orElseThrow();
    }

    private PaymentExchange exchange() {
        Outside outside = new Outside();
        PaidExtensions extensions = new PaidExtensions(SoldHere.run(), Optional::empty, clock);
        Deliveries deliveries = new Deliveries(Optional.empty(), Optional.empty(), new TopUpFulfilment(credits, clock),
                Optional.of(new RunFulfilment(runs, credits, clock)));
        OrderAdvancer orders = new OrderAdvancer(ledger, outside, outside, deliveries, credits, clock);
        Checkout checkout = new Checkout(terms, extensions.echo(), new PayerSignature(new NoChain()), outside, ledger,
                orders, clock);
        return new PaymentExchange(Set.of(1, 2), checkout, new CreditCheckout(terms, credits, ledger, orders, clock),
                new OrderJson(Optional.empty(), credits, Optional.of(new RunAnswers(runs))), extensions);
    }

    /** Whatever is signed settles. */
    private static final class Outside implements Facilitator, TransferLookup {
        @Override
        public Verification verify(Payment payment) {
            return new Verification.Verified(payment.payer());
        }

        @Override
        public Preparation prepare(Payment payment) {
            return new Preparation.Prepared(SettlementHandle.REMOTE);
        }

        @Override
        public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
            return new Settlement.Settled(Claims.TRANSACTION);
        }

        @Override
        public TransferEvidence find(Payment payment) {
            return new TransferEvidence.NotMoved(true);
        }
    }
}
