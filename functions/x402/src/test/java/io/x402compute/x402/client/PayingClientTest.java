package io.x402compute.x402.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.client.SellerDouble.Next;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Vectors;

class PayingClientTest {
    private static final String DEV_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private static final Instant NOW = Instant.ofEpochSecond(1_740_672_094);
    private static final PaymentRequirements OFFER = Vectors.OFFER;
    private static final String BODY = "{\"plan\":\"vcg-a100\"}";

    private final List<Duration> waits = new ArrayList<>();
    private SellerDouble seller;

    @AfterEach
    void stop() {
        seller.close();
    }

    @Test
    void version2OfferIsPaidInVersion2() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true);

        Purchase.Paid answer = paid(client("1"));

        assertThat(answer.response().statusCode()).isEqualTo(201);
        assertThat(answer.response().body()).asString(StandardCharsets.UTF_8).isEqualTo("the goods");
        assertThat(answer.payment().amount()).isEqualTo(OFFER.amount());
        assertThat(answer.receipt()).hasValueSatisfying(receipt -> {
            assertThat(receipt.success()).isTrue();
            assertThat(receipt.transaction()).isEqualTo(SellerDouble.HASH);
        });
        assertThat(seller.payments()).singleElement().satisfies(payment -> {
            assertThat(payment.version()).isEqualTo(2);
            assertThat(payment.accepted()).contains(OFFER.toV2Json());
            assertThat(payment.resource()).isPresent();
            assertThat(authorization(payment).validAfter()).isZero();
        });
    }

    @Test
    void version1OfferIsPaidInVersion1() throws Exception {
        seller = new SellerDouble(required(OFFER), true, false);

        Purchase.Paid answer = paid(client("1"));

        assertThat(answer.receipt()).hasValueSatisfying(receipt -> assertThat(receipt.success()).isTrue());
        assertThat(seller.payments()).singleElement().satisfies(payment -> {
            assertThat(payment.version()).isEqualTo(1);
            assertThat(authorization(payment).validAfter()).isEqualTo(seconds(NOW.minusSeconds(600)));
        });
    }

    @Test
    void whatIsSignedIsTheOfferAndNothingElse() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true);

        client("1").send(request());

        PaymentPayload payment = seller.payments().getFirst();
        Eip3009Authorization signed = authorization(payment);
        assertThat(signed.from()).isEqualTo(Hex.lowerCase(Vectors.DEV_PAYER));
        assertThat(signed.to()).isEqualTo(Hex.lowerCase(OFFER.payTo()));
        assertThat(signed.value()).isEqualTo(10_000);
        assertThat(signed.validBefore()).isEqualTo(seconds(NOW.plusSeconds(OFFER.maxTimeoutSeconds())));
        assertThat(payment.schemePayload()).isEqualTo(EvmWallet.of(DEV_KEY).authorize(signed, OFFER));
    }

    @Test
    void twoPaymentsNeverShareANonce() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true);
        PayingClient client = client("1");

        client.send(request());
        client.send(request());

        assertThat(seller.payments()).extracting(payment -> authorization(payment).nonce()).doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void paidRequestIsTheSameRequest() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true);

        client("1").send(request());

        assertThat(seller.bodies()).containsExactly(BODY, BODY);
    }

    @Test
    void offerOverTheLimitIsNotSigned() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true);

        assertThat(client("0.009999").send(request())).isInstanceOfSatisfying(Purchase.OverLimit.class, refused -> {
            assertThat(refused.price()).isEqualTo(new Usdc(10_000));
            assertThat(refused.left()).isEqualTo(new Usdc(9_999));
        });
        assertThat(seller.bodies()).hasSize(1);
    }

    @Test
    void cheapestPayableOfferIsTaken() throws Exception {
        PaymentRequirements cheaper = OFFER.withAmount(new Usdc(9_000));
        var otherToken = new PaymentRequirements("exact", Network.BASE_SEPOLIA, new Usdc(1), Vectors.PAY_TO,
                Vectors.PAY_TO, 60, OFFER.extra());
        seller = new SellerDouble(required(OFFER, otherToken, withExtra("paymentFlow", "barter"),
                withExtra("assetTransferMethod", "permit2"), to("nobody"), cheaper,
                withExtra("paymentFlow", "upfront")), true, true);

        paid(client("1"));

        assertThat(seller.payments().getFirst().accepted()).contains(withExtra("paymentFlow", "upfront").toV2Json());
    }

    @Test
    void offersThatCannotBePaidLeaveThe402AsItIs() throws Exception {
        seller = new SellerDouble(required(withExtra("paymentFlow", "barter")), false, true);

        assertThat(client("1").send(request())).isInstanceOfSatisfying(Purchase.Unpayable.class,
                answer -> assertThat(answer.response().statusCode()).isEqualTo(402));
        assertThat(seller.payments()).isEmpty();
    }

    @Test
    void refusedPaymentIsNotFollowedByAnother() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true).then(Next.REFUSE);

        assertThat(client("1").send(request())).isInstanceOf(Purchase.Refused.class);

        assertThat(seller.payments()).hasSize(1);
    }

    @Test
    void pendingPaymentIsSentAgainAsItIsUntilItSettles() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true).then(Next.PENDING, Next.PENDING);

        Purchase.Paid answer = paid(client("1"));

        assertThat(answer.response().statusCode()).isEqualTo(201);
        assertThat(seller.paymentTexts()).hasSize(3).containsOnly(answer.payment().payload().headerText());
        assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void pendingPaymentIsGivenUpAfterAWhileAndSaysSo() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true).then(Next.PENDING, Next.PENDING, Next.PENDING,
                Next.PENDING, Next.PENDING);

        assertThat(client("1").send(request())).isInstanceOf(Purchase.Pending.class);

        assertThat(seller.payments()).hasSize(4);
    }

    @Test
    void lostAnswerKeepsThePaymentForAnotherTry() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true).then(Next.HANG_UP);
        PayingClient client = client("1");

        Purchase.Unanswered doubt = (Purchase.Unanswered) client.send(request());
        Purchase.Paid answer = paid(client);

        assertThat(answer.response().statusCode()).isEqualTo(201);
        assertThat(seller.paymentTexts()).hasSize(2).containsOnly(doubt.payment().payload().headerText());
    }

    @Test
    void quotePaysNothing() throws Exception {
        seller = new SellerDouble(required(OFFER), true, true);

        assertThat(client("0").quote(request()))
                .hasValueSatisfying(offer -> assertThat(offer.requirements()).isEqualTo(OFFER));
        assertThat(seller.payments()).isEmpty();
    }

    private Purchase.Paid paid(PayingClient client) throws Exception {
        return (Purchase.Paid) client.send(request());
    }

    private PayingClient client(String limit) {
        return PayingClient.of(EvmWallet.of(DEV_KEY), Usdc.roundedUp(new BigDecimal(limit)))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC)).random(new Random(1)).waiter(waits::add).pendingQuestions(3)
                .build();
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(seller.uri()).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(BODY)).build();
    }

    private static PaymentRequired required(PaymentRequirements... offers) {
        return new PaymentRequired("Payment required", Vectors.RESOURCE, List.of(offers));
    }

    /** The sample offer for less, with one more condition. */
    private static PaymentRequirements withExtra(String key, String value) {
        return new PaymentRequirements("exact", Network.BASE_SEPOLIA, new Usdc(8_000), OFFER.asset(), OFFER.payTo(), 60,
                Map.of("name", "USDC", "version", "2", key, value));
    }

    private static PaymentRequirements to(String payTo) {
        return new PaymentRequirements("exact", Network.BASE_SEPOLIA, new Usdc(1), OFFER.asset(), payTo, 60,
                OFFER.extra());
    }

    private static Eip3009Authorization authorization(PaymentPayload payment) {
        return switch (payment.schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String signature) -> authorization;
            case SchemePayload.Upto other -> throw new AssertionError("not by EIP-3009");
            case SchemePayload.Permit2 other -> throw new AssertionError("not by EIP-3009");
            case SchemePayload.Solana elsewhere -> throw new AssertionError("not on Base");
        };
    }

    private static BigInteger seconds(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond());
    }
}
