package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffer;

/** Our facilitator as a service of the running template: strangers' payments are settled once, and told to be settled once. */
class FacilitatorServiceTest {
    private static final int AGENT = 4;
    private static final Duration HALF_OF_ITS_PATIENCE = Duration.ofSeconds(8);
    private static final Duration UNTIL_THE_NEXT_LOOK = Duration.ofSeconds(31);
    private static final String DUPLICATE = "duplicate_settlement";

    @Nested
    class SwitchedOn {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.untouched();

        private final Seller seller = new Seller(running);
        private final Agent agent = running.agent(AGENT);

        @Test
        void whatIsSupportedIsListedUnderTheNamesOfBothVersions() {
            JsonNode supported = Http.send(running.cloud().apiUrl(), "GET", "/supported", Map.of(), new byte[0]).body();

            String feePayer = running.cloud().solana().address(0);
            assertThat(supported.path("kinds").valueStream().map(JsonNode::toString)).containsExactly(
                    "{\"x402Version\":1,\"scheme\":\"exact\",\"network\":\"base\"}",
                    "{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"eip155:8453\"}",
                    "{\"x402Version\":1,\"scheme\":\"exact\",\"network\":\"solana\",\"extra\":{\"feePayer\":\"%s\"}}"
                            .formatted(feePayer),
                    ("{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp\","
                            + "\"extra\":{\"feePayer\":\"%s\"}}").formatted(feePayer));
            assertThat(supported.path("extensions")).isEmpty();
            assertThat(supported.at("/signers/eip155:*/0").textValue()).isEqualTo(running.operator());
            assertThat(supported.at("/signers/solana:*/0").textValue()).isEqualTo(feePayer);
        }

        @ParameterizedTest
        @CsvSource({"1,base", "2,eip155:8453"})
        void aPaymentOnBaseIsVerifiedAndSettled(int version, String network) {
            FacilitatorRequest payment = seller.payment(AGENT, version);
            long before = seller.balance();

            Answer verified = seller.verify(payment);
            assertThat(verified.body().toString())
                    .isEqualTo("{\"isValid\":true,\"payer\":\"%s\"}".formatted(payment.payment().payer()));
            assertThat(seller.balance()).isEqualTo(before);

            Answer settled = seller.settle(payment);
            assertSettled(settled, network);
            assertThat(seller.balance() - before).isEqualTo(Seller.PRICE.micros());
            assertThat(seller.verify(payment).body().path("isValid").booleanValue()).isFalse();
        }

        @Test
        void aPaymentOnSolanaIsVerifiedAndSettled() {
            FacilitatorRequest payment = seller.paymentOnSolana(AGENT);
            long before = seller.balanceOnSolana();

            assertThat(seller.verify(payment).body().path("isValid").booleanValue()).isTrue();
            assertSettled(seller.settle(payment), "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");
            assertThat(seller.balanceOnSolana() - before).isEqualTo(Seller.PRICE.micros());
            assertRefused(seller.settle(payment), DUPLICATE);
        }

        @Test
        void onePaymentInAnySpellingAndVersionIsSettledForOneCall() {
            FacilitatorRequest payment = seller.payment(AGENT);
            String text = Seller.text(payment);
            long before = seller.balance();

            assertSettled(seller.settle(text), "eip155:8453");
            assertRefused(seller.settle(text), DUPLICATE);
            assertRefused(seller.settle(otherCase(text)), DUPLICATE);
            assertRefused(seller.settle(Seller.inTheOtherVersion(payment)), DUPLICATE);
            assertThat(seller.balance() - before).isEqualTo(Seller.PRICE.micros());
        }

        @Test
        void aCallWithANameIsAnsweredAlikeHoweverOftenItIsMade() {
            FacilitatorRequest payment = seller.payment(AGENT);

            Answer first = seller.settle(payment, "sale 1");

            assertSettled(first, "eip155:8453");
            assertThat(seller.settle(payment, "sale 1").body()).isEqualTo(first.body());
            assertRefused(seller.settle(payment, "sale 2"), DUPLICATE);
        }

        @Test
        void ofManyCallsAtOnceOneIsToldThatItIsSettled() {
            String text = Seller.text(seller.payment(AGENT));
            long before = seller.balance();

            List<CompletableFuture<Answer>> calls = IntStream.range(0, 6)
                    .mapToObj(call -> CompletableFuture.supplyAsync(() -> seller.settle(text))).toList();

            assertThat(calls.stream().map(CompletableFuture::join).map(answer -> answer.body().path("success"))
                    .filter(JsonNode::booleanValue)).hasSize(1);
            assertThat(seller.balance() - before).isEqualTo(Seller.PRICE.micros());
        }

        @Test
        void whatIsPendingIsFinishedByTheScheduleAndToldToWhoAsksAgain() {
            FacilitatorRequest payment = seller.paymentOnSolana(AGENT);
            long before = seller.balanceOnSolana();
            running.cloud().solana().drop(Integer.MAX_VALUE);
            Answer pending;
            try {
                pending = whileTimeFlies(() -> seller.settle(payment));
            } finally {
                running.cloud().solana().drop(0);
            }
            assertRefused(pending, "settlement_pending");
            assertThat(pending.body().path("transaction").textValue()).isNotBlank();
            assertThat(seller.balanceOnSolana()).isEqualTo(before);

            running.pass(UNTIL_THE_NEXT_LOOK);
            running.cloud().fire("ResumeOrders");

            assertThat(seller.balanceOnSolana() - before).isEqualTo(Seller.PRICE.micros());
            assertSettled(seller.settle(payment), "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");
            assertRefused(seller.settle(payment), DUPLICATE);
        }

        private Answer whileTimeFlies(Supplier<Answer> call) {
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(call);
            while (true) {
                try {
                    return answer.get(300, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    running.pass(HALF_OF_ITS_PATIENCE);
                } catch (InterruptedException | ExecutionException e) {
                    throw new AssertionError(e);
                }
            }
        }

        /** A stranger presents what an agent has signed for a machine: as if he had broadcast it himself. */
        @Test
        void aPaymentToOurShopThatComesByTheOtherDoorFirstStillBuysItsMachineOnce() {
            ObjectNode body = MachineRequest.body();
            long before = agent.balance();
            ReceivedOffer offer = agent.quote(PROVISION, body);
            PaymentPayload payment = agent.sign(offer);

            assertSettled(seller.settle(presented(offer, payment)), "eip155:8453");
            Answer bought = agent.pay(PROVISION, body, payment);

            assertThat(bought.status()).as("%s", bought.body()).isEqualTo(201);
            assertThat(agent.pay(PROVISION, body, payment).order().path("id")).isEqualTo(bought.order().path("id"));
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
            assertThat(machines(bought)).isOne();
        }

        @Test
        void aPaymentThatBoughtAMachineIsSettledForNobodyElse() {
            ObjectNode body = MachineRequest.body();
            long before = agent.balance();
            ReceivedOffer offer = agent.quote(PROVISION, body);
            PaymentPayload payment = agent.sign(offer);
            Answer bought = agent.pay(PROVISION, body, payment);
            assertThat(bought.status()).isEqualTo(201);

            assertRefused(seller.settle(presented(offer, payment)), DUPLICATE);
            assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);
            assertThat(machines(bought)).isOne();
        }

        @Test
        void whatIsWrongWithAPaymentIsNoErrorOfTheCallAndChangesNothing() {
            String right = Seller.text(seller.payment(AGENT));
            World before = running.world();

            for (String wrong : List.of(right.replace("\"50000\"", "\"9999\""),
                    right.replace("eip155:8453", "eip155:1"), right.replace("\"exact\"", "\"upto\""),
                    right.replace(seller.address(), agent.wallet().address()), right.replace("\"0x", "\"0y"))) {
                Answer answer = seller.settle(wrong);
                assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
                assertThat(answer.body().path("success").booleanValue()).isFalse();
                assertThat(answer.body().path("errorReason").textValue()).isNotBlank();
                assertThat(answer.body().path("transaction").textValue()).isEmpty();
                assertThat(seller.post("/verify", wrong, Map.of()).body().path("isValid").asBoolean(true)).isFalse();
            }
            assertThat(running.world()).isEqualTo(before);
        }

        private long machines(Answer bought) {
            String operation = "op-" + bought.order().path("id").textValue();
            return running.provider().liveMachines().stream()
                    .filter(machine -> machine.tags().contains(operation)).count();
        }
    }

    @Nested
    class AsDelivered {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.withLimits();

        @ParameterizedTest
        @ValueSource(strings = {"POST /verify", "POST /settle", "GET /supported"})
        void thereIsNoSuchService(String route) {
            String[] words = route.split(" ", 2);

            Answer answer = Http.send(running.cloud().apiUrl(), words[0], words[1], Map.of(), new byte[0]);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().path("code").textValue()).isEqualTo("not_found");
        }
    }

    private static FacilitatorRequest presented(ReceivedOffer offer, PaymentPayload payment) {
        PaymentRequirements terms = offer.requirements();
        return new FacilitatorRequest(new Payment(payment, terms));
    }

    /** Every address, nonce and signature in upper case. */
    private static String otherCase(String text) {
        StringBuilder shouted = new StringBuilder();
        for (String part : text.split("(?=\"0x)", -1)) {
            int end = part.startsWith("\"0x") ? part.indexOf('"', 3) : 0;
            shouted.append(end == 0 ? "" : "\"0x" + part.substring(3, end).toUpperCase(Locale.ROOT))
                    .append(part.substring(end));
        }
        return shouted.toString();
    }

    private static void assertSettled(Answer answer, String network) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body().path("success").booleanValue()).as("%s", answer.body()).isTrue();
        assertThat(answer.body().path("transaction").textValue()).isNotBlank();
        assertThat(answer.body().path("network").textValue()).isEqualTo(network);
        assertThat(answer.body().path("payer").textValue()).isNotBlank();
        assertThat(Stream.of("errorReason", "errorMessage").filter(answer.body()::has)).isEmpty();
    }

    private static void assertRefused(Answer answer, String reason) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body().path("success").booleanValue()).as("%s", answer.body()).isFalse();
        assertThat(answer.body().path("errorReason").textValue()).isEqualTo(reason);
    }
}
