package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.RequestBody;
import io.x402compute.http.Requests;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.instance.FakeInstances;
import io.x402compute.order.Checkout;
import io.x402compute.order.CreditCheckout;
import io.x402compute.order.Deliveries;
import io.x402compute.order.FakeCatalogue;
import io.x402compute.order.NoChain;
import io.x402compute.order.OrderAdvancer;
import io.x402compute.order.OrderedMachines;
import io.x402compute.order.PaymentTerms;
import io.x402compute.order.PriceList;
import io.x402compute.order.Purchase;
import io.x402compute.order.Purchases;
import io.x402compute.order.RentalLimits;
import io.x402compute.order.TimeFulfilment;
import io.x402compute.order.TopUpFulfilment;
import io.x402compute.order.TopUps;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Claims;
import io.x402compute.payment.FakeCredits;
import io.x402compute.payment.FakeLedger;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Tender;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.extension.Offer;
import io.x402compute.x402.extension.Receipt;
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

/** What a buyer is told about a claim in each of its states, and in which version's words. */
class PaymentExchangeTest {
    private static final Promises PROMISES = new Promises();
    private static final Set<Integer> BOTH = Set.of(1, 2);
    private static final EvmWallet AGENT = EvmWallet.of("0x" + "11".repeat(32));
    private static final EvmWallet SELLER = EvmWallet.of("0x" + "22".repeat(32));
    private static final String IDENTIFIER = "pay_7d5d747be160e280504c099d984bcfe0";
    private static final String BODY = """
            {"plan":"vcg-a16-2c-8g-2vram","region":"ewr","prepaid_hours":24,
             "ssh_public_key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFQ5zTnX0mC4i8fWBl1l3XlhhW3uZyYhYfD2oPGCoTc"}""";

    private static final IdempotencyKey NAME = new IdempotencyKey("the first");
    private static final ApiRequest TOP_UP = Requests.post("/compute/credits/topup", "{\"amount\":1.6992}");

    private final ManualClock clock = new ManualClock(Claims.NOW);
    private final FakeLedger ledger = new FakeLedger();
    private final FakeInstances instances = new FakeInstances();
    private final PaymentTerms terms = new PaymentTerms(List.of(Claims.OFFER.withAmount(Usdc.ZERO)));
    private final RentalLimits limits = new RentalLimits(24, 4320);
    private final FakeCredits credits = new FakeCredits();
    private final Deliveries deliveries = new Deliveries(Optional.empty(),
            Optional.of(new TimeFulfilment(instances, limits, clock)), new TopUpFulfilment(credits, clock));
    private final ApiRequest request = Requests.post("/compute/provision", BODY);
    private final Purchase purchase = new Purchases(
            new PriceList(new FakeCatalogue(Claims.NOW.minusSeconds(3600)), terms, clock), instances, limits,
            UUID::randomUUID, clock).provision(RequestBody.of(request), request.path(), request.url());

    @ParameterizedTest
    @CsvSource({"SETTLED, 201", "FULFILLED, 201", "SETTLED, 200", "FULFILLED, 200"})
    void paidOrderIsAnsweredWithItsInstanceAndAReceipt(PaymentState state, int status) throws IOException {
        Claim claim = claimed(state);

        ApiResponse response = sell(BOTH, claim, status);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body().path("success").booleanValue()).isTrue();
        assertThat(response.body().path("order_id").textValue()).isEqualTo(claim.order().orderId().toString());
        assertThat(response.body().path("tx_hash").textValue()).isEqualTo(Claims.TRANSACTION);
        JsonNode order = response.body().path("order");
        assertThat(order).isEqualTo(response.body().path("instance"));
        assertThat(order.path("id").textValue()).isEqualTo(claim.order().subject());
        assertThat(order.path("status").textValue()).isEqualTo("provisioning");
        assertThat(order.path("payment_amount").decimalValue()).isEqualByComparingTo("1.6992");
        assertThat(order.path("prepaid_hours").intValue()).isEqualTo(24);
        assertReceipts(response, claim, Optional.empty());
        assertThat(response.headers()).doesNotContainKeys("PAYMENT-REQUIRED", "Retry-After");
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "SETTLING", "SETTLE_UNKNOWN"})
    void unresolvedPaymentIsPendingAndNeverAskedForAgain(PaymentState state) throws IOException {
        Claim claim = claimed(state);

        ApiResponse response = sell(BOTH, claim, 201);

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers()).containsEntry("Retry-After", "5").doesNotContainKey("PAYMENT-REQUIRED");
        assertThat(response.body().path("status").textValue()).isEqualTo("pending");
        assertThat(response.body().path("order").path("status").textValue()).isEqualTo("pending");
        assertThat(response.body().path("order").path("id").textValue()).isEqualTo(claim.order().subject());
        assertThat(response.body().path("tx_hash").textValue()).isEqualTo(claim.transaction());
        assertThat(response.body().has("accepts") || response.body().has("error")).isFalse();
        assertReceipts(response, claim, Optional.of("settlement_pending"));
    }

    @Test
    void refusedSettlementIsANewOfferAndAReceiptThatSaysWhy() throws IOException {
        Claim claim = claimed(PaymentState.SETTLE_REFUSED);

        ApiResponse response = sell(BOTH, claim, 201);

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.body().path("error").textValue()).isEqualTo("insufficient_funds");
        assertThat(response.body().path("accepts").path(0).path("maxAmountRequired").textValue())
                .isEqualTo("1699200");
        assertThat(v2Offer(response).path("error").textValue()).isEqualTo("insufficient_funds");
        assertReceipts(response, claim, Optional.of("insufficient_funds"));
    }

    @Test
    void whoHasToApprovePermit2FirstIsToldByAnotherStatus() throws IOException {
        Claim refused = Claim.of(payment(2), purchase.bind(), Claims.NOW, Claims.LEASE_END)
                .refused("permit2_allowance_required", Instant.MAX);

        ApiResponse response = sell(BOTH, refused, 201);

        assertThat(response.status()).isEqualTo(412);
        assertThat(response.body().path("error").textValue()).isEqualTo("permit2_allowance_required");
        assertThat(v2Offer(response).path("error").textValue()).isEqualTo("permit2_allowance_required");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUND_DUE", "CREDITED"})
    void moneyForNothingIsAnErrorThatSaysWhatIsCredited(PaymentState state) throws IOException {
        Claim claim = claimed(state);

        ApiResponse response = sell(BOTH, claim, 201);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body().path("error").textValue()).contains("no_capacity", AGENT.wallet().address(),
                "/compute/credits/entries");
        assertThat(response.body().path("code").textValue()).isEqualTo("no_capacity");
        assertThat(response.body().path("request_id").textValue()).isEqualTo(request.requestId());
        assertThat(response.body().path("order_id").textValue()).isEqualTo(claim.order().orderId().toString());
        assertThat(response.body().path("tx_hash").textValue()).isEqualTo(Claims.TRANSACTION);
        JsonNode details = response.body().path("details");
        assertThat(details.path("cleanup").textValue()).isEqualTo("destroyed");
        assertThat(details.path("cleanup_error").isNull()).isTrue();
        assertThat(details.path("credited").decimalValue()).isEqualByComparingTo("1.6992");
        assertThat(details.path("credited_to").textValue()).isEqualTo(AGENT.wallet().address());
        assertThat(details.path("balance_url").textValue())
                .isEqualTo(request.baseUrl() + "/compute/credits/balance");
        assertThat(details.path("refund_policy_url").textValue())
                .isEqualTo(request.baseUrl() + "/.well-known/refund-policy.json");
        assertThat(details.at("/sign_in/message").textValue()).startsWith("X402-COMPUTE-AUTH\nv1\n");
        assertThat(response.headers()).as("it is final").doesNotContainKey("Retry-After");
        assertReceipts(response, claim, Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUNDING", "REFUND_UNKNOWN"})
    void moneyOnItsWayBackIsAnErrorThatChangesOnceItHasArrived(PaymentState state) throws IOException {
        Claim claim = claimed(state);

        ApiResponse response = sell(BOTH, claim, 201);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("Retry-After", "5");
        assertThat(response.body().path("code").textValue()).isEqualTo("no_capacity");
        assertThat(response.body().path("details")).hasToString(refund("pending"));
        assertReceipts(response, claim, Optional.empty());
    }

    @Test
    void moneyThatIsBackIsAnErrorThatNamesItsTransaction() throws IOException {
        Claim claim = claimed(PaymentState.REFUNDED);

        ApiResponse response = sell(BOTH, claim, 201);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body().path("error").textValue()).contains("no_capacity", AGENT.wallet().address(),
                Claims.REFUND_TRANSACTION);
        assertThat(response.body().path("tx_hash").textValue()).isEqualTo(Claims.TRANSACTION);
        assertThat(response.body().path("details")).hasToString(refund("refunded"));
        assertThat(response.headers()).as("it is final").doesNotContainKey("Retry-After");
        assertReceipts(response, claim, Optional.empty());
    }

    private static String refund(String status) {
        return "{\"cleanup\":\"destroyed\",\"cleanup_error\":null,\"credited\":0,\"refund\":{\"status\":\"%s\",\"amount_usd\":1.6992,\"tx_hash\":\"%s\"},\"refund_policy_url\":\"https://api.example/.well-known/refund-policy.json\"}"
                .formatted(status, Claims.REFUND_TRANSACTION);
    }

    @Test
    void whatCreditBoughtIsAnsweredWithoutAReceipt() {
        credits.give(AGENT.wallet(), new Usdc(9_000_000), new OrderId(UUID.randomUUID()), "gift", Claims.NOW);
        ledger.claim(Claim.of(CreditCheckout.key(AGENT.wallet(), NAME),
                new Tender.Credit(AGENT.wallet(), Claims.OFFER.amount()), purchase.bind(), Claims.NOW,
                Claims.LEASE_END).settled("", Claims.NOW));

        ApiResponse response = PROMISES.kept("POST /compute/provision",
                exchange(BOTH).sellForCredit(request, purchase, new CreditUse(AGENT.wallet(), NAME), 201));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.body().path("success").booleanValue()).isTrue();
        assertThat(response.body().path("paid_with").textValue()).isEqualTo("credits");
        assertThat(response.body().path("tx_hash").textValue()).isEmpty();
        assertThat(response.body().at("/order/payment_amount").decimalValue()).isEqualByComparingTo("1.6992");
        assertThat(response.headers()).doesNotContainKeys("PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE");
    }

    @Test
    void tooLittleCreditIsToldBesideTheOrdinaryOffer() throws IOException {
        credits.give(AGENT.wallet(), new Usdc(1_500_000), new OrderId(UUID.randomUUID()), "gift", Claims.NOW);

        ApiResponse response = PROMISES.kept("POST /compute/provision",
                exchange(BOTH).sellForCredit(request, purchase, new CreditUse(AGENT.wallet(), NAME), 201));

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.body().path("code").textValue()).isEqualTo("insufficient_credits");
        assertThat(response.body().path("details")).hasToString(
                "{\"available\":1.5,\"needed\":1.6992,\"topup_url\":\"%s/compute/credits/topup\"}"
                        .formatted(request.baseUrl()));
        assertThat(response.body().at("/accepts/0/maxAmountRequired").textValue()).isEqualTo("1699200");
        assertThat(v2Offer(response).at("/accepts/0/amount").textValue()).isEqualTo("1699200");
        assertThat(ledger.all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SETTLED", "FULFILLED"})
    void aTopUpSaysWhatWasDepositedAndTheBalanceOnceThatIsInIt(PaymentState state) throws IOException {
        Purchase topUp = new TopUps(terms, UUID::randomUUID).topUp(RequestBody.of(TOP_UP), TOP_UP.path(), TOP_UP.url());
        credits.give(AGENT.wallet(), new Usdc(2_000_000), new OrderId(UUID.randomUUID()), "gift", Claims.NOW);
        Claim claim = Claims.from(Claim.of(payment(1), topUp.bind(), Claims.NOW, Claims.LEASE_END), state);
        ledger.claim(state.isFinal() ? claim : claim.taken(Claims.LEASE_END));

        ApiResponse response = PROMISES.kept("POST /compute/credits/topup", exchange(BOTH).sell(
                Requests.withHeaders(TOP_UP, Map.of(payment(1).payload().headerName(),
                        claim.payment().orElseThrow().payload().headerText())),
                topUp, Optional.empty(), Optional.empty(), 200));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().path("deposited").textValue()).isEqualTo("1.6992");
        assertThat(Optional.ofNullable(response.body().path("new_balance").textValue()))
                .isEqualTo(state == PaymentState.FULFILLED ? Optional.of("2.00") : Optional.empty());
        assertThat(response.body().path("tx_hash").textValue()).isEqualTo(Claims.TRANSACTION);
        assertThat(response.body().has("order")).isFalse();
        assertReceipts(response, claim, Optional.empty());
    }

    @Test
    void deploymentOfVersionOneAnswersAPlainVersionOneChallenge() {
        ApiResponse response = exchange(Set.of(1)).sell(request, purchase, Optional.empty(), Optional.empty(), 201);

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.headers()).doesNotContainKey("PAYMENT-REQUIRED");
        assertThat(response.body().path("x402Version").intValue()).isEqualTo(1);
        JsonNode offer = response.body().path("accepts").path(0);
        assertThat(offer.path("network").textValue()).isEqualTo("base");
        assertThat(offer.path("extra")).hasToString("{\"name\":\"USD Coin\",\"version\":\"2\"}");
    }

    @Test
    void deploymentOfVersionTwoPutsItsOfferIntoTheHeaderAlone() throws IOException {
        ApiResponse response = PROMISES.kept("POST /compute/provision",
                exchange(Set.of(2)).sell(request, purchase, Optional.empty(), Optional.empty(), 201));

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.body().fieldNames()).toIterable().containsExactly("error", "code", "request_id");
        JsonNode offer = v2Offer(response).path("accepts").path(0);
        assertThat(offer.path("amount").textValue()).isEqualTo("1699200");
        assertThat(offer.path("extra").path("paymentFlow").textValue()).isEqualTo("upfront");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void paymentOfAVersionThatIsSwitchedOffIsRefused(int version) {
        ApiResponse response = exchange(Set.of(3 - version)).sell(paidWith(payment(version).payload()), purchase,
                Optional.empty(), Optional.empty(), 201);

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.body().path("error").textValue()).isEqualTo("invalid_x402_version");
    }

    @Test
    void challengeSaysInVersionTwoHowTheRouteIsCalledThatPaymentsMayBeNamedAndWhatIsOffered() throws IOException {
        JsonNode said = v2Offer(exchange(BOTH).sell(request, purchase, Optional.empty(), Optional.empty(), 201));

        JsonNode extensions = said.path("extensions");
        assertThat(extensions.fieldNames()).toIterable().containsExactly("payment-identifier", "bazaar",
                "offer-receipt");
        assertThat(extensions.at("/payment-identifier/info").toString()).isEqualTo("{\"required\":false}");
        assertThat(extensions.at("/bazaar/info/input/body/plan").textValue()).isEqualTo("vcg-a16-2c-8g-2vram");
        JsonNode offer = extensions.at("/offer-receipt/info/offers/0");
        assertThat(offer.at("/payload/resourceUrl").textValue()).isEqualTo(request.url());
        assertThat(offer.at("/payload/amount").textValue()).isEqualTo("1699200");
        assertThat(Offer.of(request.url(), Claims.OFFER, Claims.NOW).message()
                .signer(offer.path("signature").textValue())).contains(SELLER.wallet());
    }

    @Test
    void versionOneSaysHowTheRouteIsCalledAndNothingElse() {
        ApiResponse response = exchange(BOTH).sell(request, purchase, Optional.empty(), Optional.empty(), 201);

        assertThat(response.body().fieldNames()).toIterable().containsExactly("x402Version", "error", "accepts", "code",
                "request_id");
        assertThat(response.body().at("/accepts/0/outputSchema/input/bodyFields/region/type").textValue())
                .isEqualTo("string");
    }

    @Test
    void receiptOfASettledOrderIsForWhatWasOfferedAndAnotherNamesTheOrder() {
        Claim claim = claimed(PaymentState.FULFILLED);

        ApiResponse first = sell(BOTH, claim, 201);
        clock.advance(Duration.ofDays(1));
        ApiResponse again = sell(BOTH, claim, 201);

        JsonNode info = SettlementResponse.decode(first.headers().get("PAYMENT-RESPONSE")).orElseThrow().extensions()
                .get("offer-receipt").path("info");
        Receipt sale = new Receipt("eip155:8453", request.url(), AGENT.wallet().address(), Claims.NOW.getEpochSecond(),
                Claims.TRANSACTION);
        assertThat(sale.message().signer(info.at("/receipt/signature").textValue())).contains(SELLER.wallet());
        String order = "https://api.example/compute/orders/" + claim.order().orderId();
        assertThat(info.at("/orderReceipt/payload/resourceUrl").textValue()).isEqualTo(order);
        assertThat(sale.about(order).message().signer(info.at("/orderReceipt/signature").textValue()))
                .contains(SELLER.wallet());
        assertThat(again.headers().get("PAYMENT-RESPONSE")).isEqualTo(first.headers().get("PAYMENT-RESPONSE"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SETTLING", "SETTLE_REFUSED", "CREDITED"})
    void whatIsNotSoldHasNoSignedReceipt(PaymentState state) {
        ApiResponse response = sell(BOTH, claimed(state), 201);

        assertThat(SettlementResponse.decode(response.headers().get("PAYMENT-RESPONSE")).orElseThrow().extensions())
                .isEmpty();
    }

    @Test
    void changedEchoIsRefusedOnlyWhereThePaymentBuysNothingYet() {
        PaymentPayload changed = extended("{\"bazaar\":{\"info\":{\"input\":{\"type\":\"mcp\"}}}}");

        ApiResponse refused = exchange(BOTH).sell(paidWith(changed), purchase, Optional.empty(), Optional.empty(), 201);
        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.body().path("error").textValue()).isEqualTo("extension_echo_mismatch");
        assertThat(ledger.all()).isEmpty();

        ledger.claim(claimed(PaymentState.FULFILLED));
        assertThat(exchange(BOTH).sell(paidWith(changed), purchase, Optional.empty(), Optional.empty(), 201).status())
                .isEqualTo(201);
    }

    @Test
    void nameInThePaymentIsAKeyThatFindsTheOrderAgain() {
        Claim claim = claimed(PaymentState.FULFILLED);
        ledger.claim(claim, new RequestKey(AGENT.wallet(), new IdempotencyKey(IDENTIFIER)), Optional.empty());
        PaymentPayload named = extended(
                "{\"payment-identifier\":{\"info\":{\"required\":false,\"id\":\"%s\"}}}".formatted(IDENTIFIER));

        ApiResponse again = exchange(BOTH).sell(paidWith(named), purchase, Optional.empty(), Optional.empty(), 201);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.headers()).containsEntry("Idempotent-Replayed", "true");
        assertThat(again.body().path("order_id").textValue()).isEqualTo(claim.order().orderId().toString());
    }

    /** The sample payment with extensions. */
    private PaymentPayload extended(String extensions) {
        PaymentPayload plain = payment(2).payload();
        return new PaymentPayload(2, plain.scheme(), plain.network(), plain.schemePayload(), plain.accepted(),
                Optional.of((ObjectNode) Json.readOwn(extensions)));
    }

    private ApiResponse sell(Set<Integer> versions, Claim claim, int paidStatus) {
        ledger.claim(claim);
        ApiResponse response = exchange(versions).sell(paidWith(claim.payment().orElseThrow().payload()), purchase,
                Optional.empty(), Optional.empty(), paidStatus);
        return PROMISES.kept(paidStatus == 201 ? "POST /compute/provision" : "POST /compute/instances/{id}/extend",
                response);
    }

    /** A claim for this purchase that rests in its state or is held by somebody else. */
    private Claim claimed(PaymentState state) {
        Claim claim = Claims.from(Claim.of(payment(1), purchase.bind(), Claims.NOW, Claims.LEASE_END), state);
        return state.isFinal() ? claim : claim.taken(Claims.LEASE_END);
    }

    private Payment payment(int version) {
        Eip3009Authorization transfer = new Eip3009Authorization(AGENT.wallet().address(),
                Hex.lowerCase(Claims.OFFER.payTo()), BigInteger.valueOf(Claims.OFFER.amount().micros()),
                BigInteger.ZERO, BigInteger.valueOf(Claims.NOW.plusSeconds(300).getEpochSecond()),
                "0x" + "42".repeat(32));
        PaymentPayload payload = new PaymentPayload(version, PaymentRequirements.EXACT, Network.BASE,
                AGENT.authorize(transfer, Claims.OFFER),
                version == 1 ? Optional.empty() : Optional.of(Claims.OFFER.toV2Json()), Optional.empty());
        return new Payment(payload, Claims.OFFER);
    }

    private ApiRequest paidWith(PaymentPayload payload) {
        return Requests.withHeaders(request, Map.of(payload.headerName(), payload.headerText()));
    }

    private PaymentExchange exchange(Set<Integer> versions) {
        Outside outside = new Outside();
        PaidExtensions extensions = new PaidExtensions(SoldHere.machine(), () -> Optional.of(SELLER), clock);
        OrderAdvancer orders = new OrderAdvancer(ledger, outside, outside, deliveries, credits, clock);
        Checkout checkout = new Checkout(terms, extensions.echo(), new PayerSignature(new NoChain()), outside, ledger,
                orders, clock);
        CreditCheckout credit = new CreditCheckout(terms, credits, ledger, orders, clock);
        return new PaymentExchange(versions, checkout, credit,
                new OrderJson(Optional.of(new OrderedMachines(instances, clock)), credits, Optional.empty()),
                extensions);
    }

    private static JsonNode v2Offer(ApiResponse response) throws IOException {
        return Json.read(Base64.getDecoder().decode(response.headers().get("PAYMENT-REQUIRED")));
    }

    private static void assertReceipts(ApiResponse response, Claim claim, Optional<String> reason)
            throws IOException {
        Map<String, String> networks = Map.of("PAYMENT-RESPONSE", "eip155:8453", "X-PAYMENT-RESPONSE", "base");
        for (Map.Entry<String, String> header : networks.entrySet()) {
            String text = response.headers().get(header.getKey());
            SettlementResponse receipt = SettlementResponse.decode(text).orElseThrow();
            assertThat(receipt.success()).isEqualTo(claim.state().isPaid());
            assertThat(receipt.transaction()).isEqualTo(claim.transaction());
            assertThat(receipt.errorReason()).isEqualTo(reason);
            assertThat(receipt.payer()).isEqualTo(AGENT.wallet().address());
            assertThat(Json.read(Base64.getDecoder().decode(text)).path("network").textValue())
                    .isEqualTo(header.getValue());
        }
    }

    /** Whoever is asked to move or find money here has been asked once too often. */
    private static final class Outside implements Facilitator, TransferLookup {
        @Override
        public Verification verify(Payment payment) {
            return new Verification.Rejected("insufficient_funds", "still no money");
        }

        @Override
        public Preparation prepare(Payment payment) {
            throw new AssertionError("nothing is to be settled");
        }

        @Override
        public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
            throw new AssertionError("nothing is to be settled");
        }

        @Override
        public TransferEvidence find(Payment payment) {
            throw new AssertionError("nothing is to be looked for");
        }
    }
}
