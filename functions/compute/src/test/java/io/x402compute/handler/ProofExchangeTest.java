package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.x402compute.access.StrangerLimit;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.RequestBody;
import io.x402compute.http.Requests;
import io.x402compute.inference.FakeInference;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Runs;
import io.x402compute.inference.Services;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.order.AmountMarks;
import io.x402compute.order.Checkout;
import io.x402compute.order.Crashes;
import io.x402compute.order.CreditCheckout;
import io.x402compute.order.Deliveries;
import io.x402compute.order.FakeProofs;
import io.x402compute.order.OrderAdvancer;
import io.x402compute.order.PaymentTerms;
import io.x402compute.order.ProofCheckout;
import io.x402compute.order.RunFulfilment;
import io.x402compute.order.RunPrices;
import io.x402compute.order.RunPurchases;
import io.x402compute.order.TopUpFulfilment;
import io.x402compute.payment.Claims;
import io.x402compute.payment.FakeCredits;
import io.x402compute.payment.FakeLedger;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.FacilitatorsByNetwork;
import io.x402compute.x402.facilitator.TransfersByNetwork;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** The flows of clients from before x402, as they see them. */
class ProofExchangeTest {
    private static final Wallet PAYER = EvmWallet.of("0x" + "11".repeat(32)).wallet();

    private final ManualClock clock = new ManualClock(Claims.NOW);
    private final FakeLedger ledger = new FakeLedger();
    private final FakeCredits credits = new FakeCredits();
    private final FakeProofs chain = new FakeProofs(clock);
    private final FakeInference inference = new FakeInference(clock);
    private final Runs runs = inference.runs(new Crashes(RandomGenerator.getDefault()));
    private final Services services = Services.read();
    private final PaymentTerms terms = new PaymentTerms(List.of(Claims.OFFER.withAmount(Usdc.ZERO)));
    private final Facilitator nobody = new FacilitatorsByNetwork(Map.of());
    private final OrderAdvancer orders = new OrderAdvancer(ledger, nobody, new TransfersByNetwork(Map.of()),
            new Deliveries(Optional.empty(), Optional.empty(), new TopUpFulfilment(credits, clock),
                    Optional.of(new RunFulfilment(runs, credits, clock))),
            credits, clock);
    private final RunPurchases purchases = new RunPurchases(services,
            new RunRequests(services, new OutsideUrls(false)),
            new RunPrices(inference, Optional.of(new AmountMarks(() -> "a secret")), clock), terms, () -> {
                throw new IllegalStateException("everybody says what to run");
            }, UUID::randomUUID, UUID::randomUUID);
    private final Map<String, Long> calls = new HashMap<>();
    private final ProofDesk desk = new ProofDesk(new HashProofs(Set.of(Network.BASE)),
            new ProofCheckout(terms, chain, ledger, orders, clock),
            new StrangerLimit("challenges", 30, 1_000,
                    (caller, kind, window, until) -> calls.merge(caller + window, 1L, Long::sum), clock));
    private final PaidExtensions extensions = new PaidExtensions(SoldHere.run(), Optional::empty, clock);
    private final PaymentExchange exchange = new PaymentExchange(Set.of(1, 2),
            new Checkout(terms, extensions.echo(), new PayerSignature(new NoChain()), nobody, ledger, orders, clock),
            new CreditCheckout(terms, credits, ledger, orders, clock),
            new OrderJson(Optional.empty(), credits, Optional.of(new RunAnswers(runs))), extensions,
            Optional.of(desk));

    @Test
    void theArticlesFlowBuysARun() {
        ApiResponse challenge = run("a cat", Map.of());

        assertThat(challenge.status()).isEqualTo(402);
        JsonNode asked = Json.readOwn(challenge.headers().get("X-Payment-Required"));
        assertThat(asked.get("chain").textValue()).isEqualTo("base");
        assertThat(asked.get("address").textValue()).isEqualTo(Claims.OFFER.payTo());
        assertThat(challenge.body().at("/accepts/0/maxAmountRequired").textValue()).as("asked of everybody")
                .isEqualTo(micros(asked).atomicUnits());

        TransactionId paid = chain.pays(PAYER, micros(asked));
        ApiResponse bought = run("a cat", proof(paid));

        assertThat(bought.status()).isEqualTo(200);
        assertThat(bought.body().get("service").textValue()).isEqualTo("image-4090");
        assertThat(bought.body().get("result").isObject()).isTrue();
        assertThat(bought.body().get("tx_hash").textValue()).isEqualTo(paid.value());
        assertThat(bought.body().has("paid_with")).isFalse();
    }

    @Test
    void theLiveFlowBuysARun() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));
        String header = Base64.getEncoder().encodeToString("{\"txHash\":\"%s\",\"from\":\"%s\"}"
                .formatted(paid.value(), PAYER).getBytes(StandardCharsets.UTF_8));

        assertThat(run("a cat", Map.of("X-Payment", header, "X-Payment-Version", "1")).status()).isEqualTo(200);
    }

    @Test
    void aProofOfSomethingElseIsAnsweredWithTheReasonAndTheOffer() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));

        ApiResponse refused = run("a dog", proof(paid));

        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.body().get("error").textValue()).isEqualTo(ProofCheckout.WRONG_AMOUNT);
        assertThat(refused.headers()).containsKey("X-Payment-Required");
        assertThat(run("a dog", Map.of("X-Payment-Proof", "0xabc")).body().get("error").textValue())
                .isEqualTo("invalid_payload");
    }

    @Test
    void twoPaymentsAreNone() {
        String one = proof(chain.pays(PAYER, asked("a cat"))).get("X-Payment-Proof");

        assertThatThrownBy(() -> run("a cat", Map.of("X-Payment-Proof", one + "," + one)))
                .isInstanceOf(ApiException.class).extracting("status", "code").containsExactly(400, "two_payments");
    }

    /** Among a thousand variants of a request is one that is asked for what somebody else has just paid. */
    @Test
    void oneAddressGetsFewChallenges() {
        for (int i = 0; i < 30; i++) {
            assertThat(run("variant " + i, Map.of()).status()).isEqualTo(402);
        }
        assertThatThrownBy(() -> run("one more", Map.of())).isInstanceOf(ApiException.class)
                .extracting("status", "code").containsExactly(429, "rate_limited");
    }

    private ApiResponse run(String prompt, Map<String, String> headers) {
        ApiRequest request = Requests.withHeaders(Requests.post("/v1/run",
                "{\"service\":\"image-4090\",\"input\":{\"prompt\":\"%s\"}}".formatted(prompt)), headers);
        ApiRequest timed = new ApiRequest(request.method(), request.path(), Map.of(), Map.of(), "", request.headers(),
                request.body(), request.requestId(), request.baseUrl(), clock.instant().plusSeconds(29));
        return exchange.sell(timed, purchases.run(RequestBody.of(timed), Optional.empty(), timed.url()),
                Optional.empty(), Optional.empty(), 200);
    }

    private Usdc asked(String prompt) {
        return micros(Json.readOwn(run(prompt, Map.of()).headers().get("X-Payment-Required")));
    }

    private static Usdc micros(JsonNode required) {
        return Usdc.roundedUp(new BigDecimal(required.get("amount").textValue()));
    }

    private static Map<String, String> proof(TransactionId transaction) {
        return Map.of("X-Payment-Proof", "{\"tx_hash\": \"%s\", \"chain\": \"base\"}".formatted(transaction.value()));
    }
}
